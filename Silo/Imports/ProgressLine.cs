namespace Hts.Imports;

/// <summary>One line on the error stream that says how far long work is: on a terminal it changes in place, else a new one comes now and then.</summary>
internal sealed class ProgressLine(TimeProvider time, TimeSpan onTerminal, TimeSpan piped)
{
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private long shownAt = time.GetTimestamp();
    private int width;

    public void Show(Func<string> text)
    {
        if (time.GetElapsedTime(shownAt) < (isTerminal ? onTerminal : piped))
            return;
        shownAt = time.GetTimestamp();
        if (!isTerminal)
        {
            Console.Error.WriteLine(text());
            return;
        }
        var line = text();
        Console.Error.Write($"\r{line.PadRight(width)}");
        width = line.Length;
    }

    /// <summary>Makes room for lines that stay.</summary>
    public void Clear()
    {
        if (width > 0)
            Console.Error.Write($"\r{"".PadRight(width)}\r");
        width = 0;
    }
}
