using System.Text;
using System.Text.Json;
using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>Writes an evaluation's report: figures as JSON, and a page for people.</summary>
internal static class ReportFolder
{
    /// <param name="folder">Made when missing; earlier reports in it are replaced.</param>
    public static async Task Write(DirectoryInfo folder, EvaluationReport report, CancellationToken cancellation)
    {
        folder.Create();
        await Replace(
            Path.Combine(folder.FullName, EvaluationReport.FileName),
            JsonSerializer.SerializeToUtf8Bytes(report, EvaluationJson.Default.EvaluationReport),
            cancellation);
        await Replace(Path.Combine(folder.FullName, EvaluationReport.PageName), Encoding.UTF8.GetBytes(ReportPage.Write(report)), cancellation);
    }

    private static async Task Replace(string path, byte[] content, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(path + ".tmp", content, cancellation);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
