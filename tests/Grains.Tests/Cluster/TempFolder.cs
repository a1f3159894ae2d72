namespace Hts.Tests.Cluster;

/// <summary>A folder of its own, reachable by the account that runs the database, removed at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hts-grains-").FullName;

    public TempFolder()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
    }

    public void Dispose()
    {
        // Two clusters may share one folder.
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
