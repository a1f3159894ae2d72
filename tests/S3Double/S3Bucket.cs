namespace Hts.S3Double;

/// <summary>The objects and unfinished uploads of one bucket. Each change is one step under its lock.</summary>
public sealed class S3Bucket
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, S3Blob> blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, S3Upload> uploads = new(StringComparer.Ordinal);

    /// <summary>Keys in order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (gate)
                return [.. blobs.Keys];
        }
    }

    /// <summary>Uploads begun and neither finished nor aborted.</summary>
    public int OpenUploads
    {
        get
        {
            lock (gate)
                return uploads.Count;
        }
    }

    /// <summary>The object, or null.</summary>
    public S3Blob? Find(string key)
    {
        lock (gate)
            return blobs.GetValueOrDefault(key);
    }

    /// <summary>Stores an object as if somebody else had.</summary>
    public void Put(string key, S3Blob blob)
    {
        lock (gate)
            blobs[key] = blob;
    }

    internal void Put(string key, S3Blob blob, S3Conditions conditions)
    {
        lock (gate)
        {
            conditions.Check(key, blobs.GetValueOrDefault(key));
            blobs[key] = blob;
        }
    }

    internal void Delete(string key)
    {
        lock (gate)
            blobs.Remove(key);
    }

    internal IReadOnlyList<KeyValuePair<string, S3Blob>> After(string prefix, string last)
    {
        lock (gate)
        {
            return [.. blobs.Where(entry =>
                entry.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(entry.Key, last) > 0)];
        }
    }

    internal string Begin(string key, IReadOnlyList<(string Name, string Value)> headers)
    {
        var id = Guid.NewGuid().ToString("N");
        lock (gate)
            uploads[id] = new(key, headers);
        return id;
    }

    internal void AddPart(string id, string key, int number, byte[] content)
    {
        lock (gate)
            Upload(id, key).Parts[number] = content;
    }

    internal S3Blob Finish(string id, string key, IReadOnlyList<(int Number, string ETag)> parts, S3Conditions conditions, DateTimeOffset now)
    {
        lock (gate)
        {
            var blob = Upload(id, key).Join(parts, now);
            conditions.Check(key, blobs.GetValueOrDefault(key));
            blobs[key] = blob;
            uploads.Remove(id);
            return blob;
        }
    }

    internal void Abort(string id, string key)
    {
        lock (gate)
        {
            Upload(id, key);
            uploads.Remove(id);
        }
    }

    private S3Upload Upload(string id, string key) =>
        uploads.TryGetValue(id, out var upload) && upload.Key == key ? upload : throw S3Error.NoSuchUpload();
}
