namespace Hts.Objects;

/// <summary>
/// Named, immutable-once-written blobs with compare-and-swap: a bucket or a folder. A reader sees the old or the new content of
/// a key, never a mixture, and a put that returned survives a crash. Keys follow <see cref="ObjectKey"/>.
/// </summary>
/// <remarks>
/// Every call throws <see cref="ObjectStoreException"/> when the store cannot serve it, with the key and the
/// <see cref="ObjectFault"/>. An absent object is no error: it is null.
/// </remarks>
public interface IObjectStore
{
    /// <summary>The whole object, or null when absent.</summary>
    /// <param name="key">The object's name.</param>
    /// <param name="maxBytes">Larger objects are refused with <see cref="ObjectFault.TooLarge"/> before they are read.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<StoredObject?> Get(string key, long maxBytes, CancellationToken cancellation);

    /// <summary>The object as a stream of one version of its content, or null when absent. The caller disposes it.</summary>
    /// <remarks>
    /// When the content is cut short on the way, reading throws (an <see cref="IOException"/> or the transport's error): it never
    /// ends early in silence.
    /// </remarks>
    Task<Stream?> Open(string key, CancellationToken cancellation);

    /// <summary>
    /// Writes the content from its current position to its end; returns the new ETag. When reading the content fails, its
    /// exception comes through and nothing is stored. The content is left open.
    /// </summary>
    /// <exception cref="ObjectConflictException">The condition did not hold; nothing was written.</exception>
    Task<string> Put(string key, Stream content, PutCondition condition, CancellationToken cancellation);

    /// <summary>Writes the content; returns the new ETag.</summary>
    /// <exception cref="ObjectConflictException">The condition did not hold; nothing was written.</exception>
    Task<string> Put(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation);

    /// <summary>
    /// The objects whose key starts with the prefix (empty: all), in ordinal order of their keys. Objects with names that
    /// <see cref="ObjectKey"/> does not allow are somebody else's and left out.
    /// </summary>
    IAsyncEnumerable<ObjectInfo> List(string prefix, CancellationToken cancellation);

    /// <summary>Removes the object; an absent one is fine.</summary>
    Task Delete(string key, CancellationToken cancellation);

    /// <summary>The absolute URI of a key, whether or not it exists: <c>s3://bucket/prefix/key</c> or <c>file:///folder/key</c>.</summary>
    Uri UriOf(string key);

    /// <summary>The key that a URI names in this store; false when it points elsewhere.</summary>
    bool TryKeyOf(Uri uri, out string key);
}
