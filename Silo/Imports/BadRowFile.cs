using System.Globalization;
using System.Text;
using Hts.Files;

namespace Hts.Imports;

/// <summary>
/// Where the bad rows of an import are listed: csv with the columns file, line, rule and row, made when the first one comes. The first
/// few are shown on the error stream as well, and everything that concerns a whole file.
/// </summary>
internal sealed class BadRowFile(string path) : IDisposable
{
    private const int Shown = 5;

    private StreamWriter? writer;
    private long rows;

    /// <summary>The file's path; null when there was no bad row.</summary>
    public string? Written => writer is null ? null : path;

    public void Add(FileProblem problem)
    {
        if (problem.Line == 0 || rows++ < Shown)
            Console.Error.WriteLine(problem);
        else if (rows == Shown + 1)
            Console.Error.WriteLine($"More bad rows are listed in {path} only.");
        writer ??= Create();
        var line = problem.Line > 0 ? problem.Line.ToString(CultureInfo.InvariantCulture) : "";
        writer.WriteLine($"{Quote(problem.File)},{line},{Quote(problem.Rule)},{Quote(problem.Text)}");
    }

    public void Dispose() => writer?.Dispose();

    private StreamWriter Create()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var created = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        created.WriteLine("file,line,rule,row");
        return created;
    }

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
