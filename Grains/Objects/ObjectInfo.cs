namespace Hts.Objects;

/// <summary>An object in a listing.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="LastModifiedTs">When the store wrote it, Unix milliseconds UTC by the store's clock.</param>
public sealed record ObjectInfo(string Key, long Size, long LastModifiedTs);
