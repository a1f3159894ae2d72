namespace Hts.Load.Hosting;

/// <summary>A data folder that goes with its run.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder()
    {
        // Not CreateTempSubdirectory: its mode 0700 would hide the database's folder from the user that the server runs as.
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"hts-load-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
