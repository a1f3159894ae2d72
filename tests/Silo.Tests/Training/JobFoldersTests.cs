using Hts.Hosting;
using Hts.Tests.Postgres;
using Hts.Training;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Training;

public sealed class JobFoldersTests : IDisposable
{
    private readonly TempFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void Old_jobs_keep_their_log_and_outcome_alone_and_the_oldest_go()
    {
        var folders = new JobFolders(new DataFolder(root.Path), NullLogger<JobFolders>.Instance);
        string[] jobs = [.. Enumerable.Range(0, 50).Select(i => $"hts-202601{(i / 24) + 1:00}-{i % 24:00}0000")];
        foreach (var job in jobs)
        {
            var folder = folders.Open(job);
            foreach (var file in new[] { "train.parquet", "champion.tar.gz", "train.log", "outcome.json" })
                File.WriteAllText(Path.Combine(folder, file), "x");
            Directory.CreateDirectory(Path.Combine(folder, "out"));
            File.WriteAllText(Path.Combine(folder, "out", "model.tar.gz"), "x");
        }

        folders.Sweep(jobs[^1]);

        Directory.GetDirectories(Path.GetDirectoryName(folders.Open(jobs[^1]))!).Select(Path.GetFileName).Order().ShouldBe(jobs[1..]);
        Files(folders.Open(jobs[1])).ShouldBe(["outcome.json", "train.log"]);
        Files(folders.Open(jobs[^1])).ShouldBe(["champion.tar.gz", "out/model.tar.gz", "outcome.json", "train.log", "train.parquet"]);
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal);
}
