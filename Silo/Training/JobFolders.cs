using Hts.Hosting;

namespace Hts.Training;

/// <summary>The trainings' folders on this machine. What a job read and wrote is in object storage as well, so only its log and outcome stay.</summary>
internal sealed partial class JobFolders(DataFolder data, ILogger<JobFolders> logger)
{
    /// <summary>Two days of hourly trainings.</summary>
    private const int Kept = 48;

    /// <summary>The folder of a job, made if it is missing.</summary>
    public string Open(string jobName) => Directory.CreateDirectory(Path.Combine(data.Jobs, jobName)).FullName;

    /// <summary>Empties the folders of all jobs but this one; the oldest go. One training runs at a time, so no other needs its files.</summary>
    public void Sweep(string current)
    {
        // Names begin with the job's instant: their order is that of time.
        var others = new DirectoryInfo(data.Jobs).EnumerateDirectories().Where(f => f.Name != current).OrderByDescending(f => f.Name, StringComparer.Ordinal);
        foreach (var (rank, folder) in others.Index())
            Sweep(folder, whole: rank >= Kept);
    }

    private void Sweep(DirectoryInfo folder, bool whole)
    {
        try
        {
            if (whole)
            {
                folder.Delete(recursive: true);
                return;
            }
            foreach (var part in folder.EnumerateDirectories())
                part.Delete(recursive: true);
            foreach (var file in folder.EnumerateFiles().Where(f => f.Extension is ".parquet" or ".gz"))
                file.Delete();
        }
        catch (IOException e)
        {
            // A child that is just ending may hold a file: the next training looks again.
            LogNotSwept(logger, e, folder.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder of {Job} could not be emptied")]
    private static partial void LogNotSwept(ILogger logger, Exception cause, string job);
}
