using System.Security.Cryptography;

namespace Hts.Objects;

/// <summary>
/// Objects as files below a folder, named by their keys. A put writes a temporary file, makes it durable and renames it over the
/// old one; conditions are checked and committed under a lock between processes. The ETag is the hash of the content, so a version
/// that returns to an earlier content has its earlier ETag, as in S3.
/// </summary>
/// <remarks>
/// Needs a local file system (rename, advisory locks). A key cannot be the folder of another: next to <c>a/b</c> there can be no
/// object <c>a</c>. Work files stand in <c>.tmp</c> and <c>.locks</c>, which no key can name.
/// </remarks>
public sealed class FolderObjectStore(string root, TimeProvider time, TimeSpan lockTimeout) : IObjectStore
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Temporary files untouched for this long belong to writers that died.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    private readonly string temporary = Path.Combine(Path.GetFullPath(root), ".tmp");
    private readonly FolderLocks locks = new(Path.Combine(Path.GetFullPath(root), ".locks"), time, lockTimeout);
    private int swept;

    public Task<StoredObject?> Get(string key, long maxBytes, CancellationToken cancellation) => OffTurn(key, async () =>
    {
        await using var file = OpenFile(key);
        if (file is null)
            return null;
        if (file.Length > maxBytes)
            throw new ObjectStoreException(key, ObjectFault.TooLarge, $"{UriOf(key)} is {file.Length} bytes long, more than the {maxBytes} allowed.");
        var content = new byte[file.Length];
        await file.ReadExactlyAsync(content, cancellation);
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(file.SafeFileHandle));
        return new StoredObject(content, ETag(SHA256.HashData(content)), written.ToUnixTimeMilliseconds());
    }, cancellation);

    public Task<Stream?> Open(string key, CancellationToken cancellation) =>
        OffTurn(key, () => Task.FromResult<Stream?>(OpenFile(key)), cancellation);

    public Task<string> Put(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation) =>
        Put(key, ContentStream.Over(content), condition, cancellation);

    public Task<string> Put(string key, Stream content, PutCondition condition, CancellationToken cancellation) => OffTurn(key, async () =>
    {
        var target = PathOf(key);
        Sweep();
        DurableFolder.Create(temporary);
        var draft = Path.Combine(temporary, Guid.NewGuid().ToString("N"));
        try
        {
            var etag = await Write(draft, content, cancellation);
            using (await locks.Take(key, cancellation))
            {
                if (!await Holds(condition, target, cancellation))
                    throw new ObjectConflictException(key, condition);
                Commit(draft, target);
            }
            return etag;
        }
        finally
        {
            File.Delete(draft);
        }
    }, cancellation);

    public async IAsyncEnumerable<ObjectInfo> List(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        ObjectKey.CheckPrefix(prefix);
        Stack<FolderEntry> open = new();
        open.Push(FolderEntry.Root);
        while (open.TryPop(out var entry))
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Object is { } found)
            {
                yield return found;
                continue;
            }
            var children = await OffTurn(
                prefix, () => Task.FromResult(entry.Children(root, prefix)), cancellation);
            for (var i = children.Count - 1; i >= 0; i--)
                open.Push(children[i]);
        }
    }

    public Task Delete(string key, CancellationToken cancellation) => OffTurn(key, async () =>
    {
        var target = PathOf(key);
        if (!File.Exists(target))
            return true;
        using (await locks.Take(key, cancellation))
        {
            File.Delete(target);
            DurableFolder.Sync(Path.GetDirectoryName(target)!);
        }
        return true;
    }, cancellation);

    public Uri UriOf(string key) => new(PathOf(key));

    public bool TryKeyOf(Uri uri, out string key)
    {
        key = "";
        if (!uri.IsAbsoluteUri || !uri.IsFile)
            return false;
        var path = Path.GetFullPath(uri.LocalPath);
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return false;
        var inside = path[(root.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/');
        if (!ObjectKey.IsValid(inside))
            return false;
        key = inside;
        return true;
    }

    private string PathOf(string key) => Path.Combine(root, ObjectKey.Check(key).Replace('/', Path.DirectorySeparatorChar));

    private FileStream? OpenFile(string key)
    {
        var path = PathOf(key);
        try
        {
            // Sharing deletion lets a writer replace the name meanwhile: this reader keeps the version it opened.
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(path))
        {
            return null;
        }
    }

    private static async Task<string> Write(string draft, Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = new(draft, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var buffer = new byte[BufferBytes];
        while (true)
        {
            var count = await ForeignReadException.Read(content, buffer, cancellation);
            if (count == 0)
                break;
            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }
        file.Flush(flushToDisk: true);
        return ETag(hash.GetHashAndReset());
    }

    private static async Task<bool> Holds(PutCondition condition, string target, CancellationToken cancellation)
    {
        if (condition.RequiresAbsence)
            return !File.Exists(target);
        if (condition.ETag is null)
            return true;
        if (!File.Exists(target))
            return false;
        await using var current = File.OpenRead(target);
        return ETag(await SHA256.HashDataAsync(current, cancellation)) == condition.ETag;
    }

    private static void Commit(string draft, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        DurableFolder.Create(folder);
        File.Move(draft, target, overwrite: true);
        DurableFolder.Sync(folder);
    }

    private void Sweep()
    {
        if (Interlocked.Exchange(ref swept, 1) == 1 || !Directory.Exists(temporary))
            return;
        var oldest = time.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var file in Directory.EnumerateFiles(temporary).Where(file => File.GetLastWriteTimeUtc(file) < oldest))
            File.Delete(file);
    }

    private static string ETag(byte[] sha256) => Convert.ToHexStringLower(sha256, 0, 16);

    // File calls and fsync block; on the pool they block no caller, in particular no grain's turn.
    private async Task<T> OffTurn<T>(string key, Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(work, cancellation);
        }
        catch (ForeignReadException e)
        {
            e.Rethrow();
            throw;
        }
        catch (Exception e) when (FolderErrors.IsFileError(e))
        {
            throw FolderErrors.Translate(key, root, e);
        }
    }
}
