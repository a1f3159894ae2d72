using System.Security.Cryptography;
using Hts.Hosting;
using Hts.Models;

namespace Hts.Objects;

/// <summary>The artefacts used last, in the folder <c>models</c> of the data folder.</summary>
internal sealed partial class FolderArtefactCache(DataFolder data, TimeProvider time, ILogger<FolderArtefactCache> logger) : IArtefactCache
{
    /// <summary>The champion, its shadows and what may come back.</summary>
    private const int Kept = 16;

    private const string Extension = ".tar.gz";

    private readonly Lock keeping = new();

    public async Task<ReadOnlyMemory<byte>?> Find(string sha256, CancellationToken cancellation)
    {
        // It comes from a pointer that others can write: nothing but a checksum may become a file's name.
        var path = PathOf(sha256);
        if (!IsChecksum(sha256) || !File.Exists(path))
            return null;
        try
        {
            var content = await File.ReadAllBytesAsync(path, cancellation);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) != sha256)
                return null;
            Touch(sha256);
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRead(logger, e, sha256);
            return null;
        }
    }

    public void Touch(string sha256)
    {
        if (!IsChecksum(sha256))
            return;
        try
        {
            File.SetLastWriteTimeUtc(PathOf(sha256), time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not kept, or on a disk that takes nothing: what serves is in memory.
        }
    }

    public async Task Keep(string sha256, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(data.Models);
            // Under a name of its own until it is whole: others may keep the same content at this moment.
            var temporary = Path.Combine(data.Models, $"{sha256}.{Guid.NewGuid():N}.tmp");
            await File.WriteAllBytesAsync(temporary, content, cancellation);
            lock (keeping)
            {
                File.Move(temporary, PathOf(sha256), overwrite: true);
                foreach (var old in new DirectoryInfo(data.Models).EnumerateFiles().OrderByDescending(f => f.LastWriteTimeUtc).Skip(Kept))
                    old.Delete();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, e, sha256);
        }
    }

    private static bool IsChecksum(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private string PathOf(string sha256) => Path.Combine(data.Models, sha256 + Extension);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The artefact {Sha256} on this machine could not be read")]
    private static partial void LogNotRead(ILogger logger, Exception cause, string sha256);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The artefact {Sha256} could not be kept on this machine")]
    private static partial void LogNotKept(ILogger logger, Exception cause, string sha256);
}
