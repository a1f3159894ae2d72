using System.IO.Compression;
using System.Text;

namespace Hts.Tests.Files;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hts-test-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
            bytes = Gzip(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string WriteZip(string name, params (string Entry, string Text)[] entries)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, text) in entries)
        {
            using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
            writer.Write(text);
        }

        return path;
    }

    /// <summary>A zip whose entry is not compressed.</summary>
    public string WriteStoredZip(string name, string entry, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry(entry, CompressionLevel.NoCompression).Open());
        writer.Write(text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return memory.ToArray();
    }
}
