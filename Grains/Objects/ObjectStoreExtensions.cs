using System.Text;

namespace Hts.Objects;

/// <summary>Shorter forms of the common calls.</summary>
public static class ObjectStoreExtensions
{
    /// <summary>What <see cref="Get"/> reads at most: far above any pointer or record, far below what would hurt.</summary>
    public const long SmallObjectBytes = 1 << 20;

    /// <summary>A small object (at most <see cref="SmallObjectBytes"/>), or null when absent.</summary>
    public static Task<StoredObject?> Get(this IObjectStore store, string key, CancellationToken cancellation) =>
        store.Get(key, SmallObjectBytes, cancellation);

    /// <summary>Writes a text as UTF-8; returns the new ETag.</summary>
    public static Task<string> PutText(
        this IObjectStore store, string key, string text, PutCondition condition, CancellationToken cancellation) =>
        store.Put(key, Encoding.UTF8.GetBytes(text), condition, cancellation);
}
