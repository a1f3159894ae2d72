using Hts.Objects;

namespace Hts.Tests.Cluster;

/// <summary>A real folder of objects with faults in puts and gets, by key; the folder can be changed for an empty one.</summary>
internal sealed class FaultyObjects : IObjectStore, IDisposable
{
    private readonly TempFolder root = new();
    private int folders;
    private IObjectStore inner;

    public FaultyObjects() => inner = Fresh();

    /// <summary>Faults of the puts whose key ends so.</summary>
    public Dictionary<string, Fault> Puts { get; } = [];

    /// <summary>True while nothing can be read.</summary>
    public bool IsAway { get; set; }

    /// <summary>While set, what is read never comes, for as long as its reader waits; done once somebody does.</summary>
    public TaskCompletionSource? Stalled { get; set; }

    public void Forget()
    {
        Stalled = null;
        Puts.Clear();
        IsAway = false;
        inner = Fresh();
    }

    public async Task<StoredObject?> Get(string key, long maxBytes, CancellationToken cancellation)
    {
        if (Stalled is { } stalled)
        {
            stalled.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        return IsAway ? throw Away(key) : await inner.Get(key, maxBytes, cancellation);
    }

    public async Task<Stream?> Open(string key, CancellationToken cancellation) => IsAway ? throw Away(key) : await inner.Open(key, cancellation);

    public Task<string> Put(string key, Stream content, PutCondition condition, CancellationToken cancellation) =>
        FaultOf(key).Around(() => inner.Put(key, content, condition, cancellation));

    public Task<string> Put(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation) =>
        FaultOf(key).Around(() => inner.Put(key, content, condition, cancellation));

    public IAsyncEnumerable<ObjectInfo> List(string prefix, CancellationToken cancellation) => inner.List(prefix, cancellation);

    public Task Delete(string key, CancellationToken cancellation) => inner.Delete(key, cancellation);

    public Uri UriOf(string key) => inner.UriOf(key);

    public bool TryKeyOf(Uri uri, out string key) => inner.TryKeyOf(uri, out key);

    public void Dispose() => root.Dispose();

    private static ObjectStoreException Away(string key) => new(key, ObjectFault.Unreachable, $"'{key}' cannot be read: the store is away.");

    private Fault FaultOf(string key) => Puts.FirstOrDefault(p => key.EndsWith(p.Key, StringComparison.Ordinal)).Value ?? new Fault();

    private FolderObjectStore Fresh() =>
        new(Path.Combine(root.Path, $"{folders++}"), TimeProvider.System, TimeSpan.FromMinutes(2));
}
