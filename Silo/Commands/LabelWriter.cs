using System.Globalization;
using System.Text;
using Hts.Labels;
using Hts.Strategies;

namespace Hts.Commands;

/// <summary>
/// Writes labels as csv: window end in Unix ms, quiet bars, standing states, then gross, sides and net per strategy (fractions). The file
/// takes its name when it is kept: what stood there stays until then.
/// </summary>
internal sealed class LabelWriter : IDisposable
{
    private readonly string path;
    private readonly string unfinished;
    private readonly StreamWriter writer;
    private readonly StringBuilder line = new();

    public LabelWriter(string path, StrategySet strategies)
    {
        this.path = path;
        // A device or pipe is written to, never replaced by a file.
        unfinished = path.StartsWith("/dev/", StringComparison.Ordinal) ? path : path + ".tmp";
        writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        var active = strategies.Names.Take(strategies.ActiveCount);
        var columns = new List<string> { "ts", "empty_bars" };
        columns.AddRange(active.Select(name => $"state_{name}"));
        columns.AddRange(strategies.Names.SelectMany(name => new[] { $"{name}_gross", $"{name}_sides", $"{name}_net" }));
        writer.WriteLine(string.Join(',', columns));
    }

    public void Write(WindowLabel label)
    {
        line.Clear();
        line.Append(CultureInfo.InvariantCulture, $"{label.Ts},{label.EmptyBars}");
        foreach (var state in label.Standing)
            line.Append(CultureInfo.InvariantCulture, $",{state}");
        for (var i = 0; i < label.Gross.Length; i++)
            line.Append(CultureInfo.InvariantCulture, $",{label.Gross[i]:R},{label.Sides[i]},{label.Net[i]:R}");
        writer.WriteLine(line);
    }

    /// <summary>Ends the file and gives it its name; without this it is dropped.</summary>
    public void Keep()
    {
        writer.Dispose();
        if (unfinished != path)
            File.Move(unfinished, path, overwrite: true);
    }

    public void Dispose()
    {
        writer.Dispose();
        if (unfinished != path)
            File.Delete(unfinished);
    }
}
