namespace Hts.Objects;

/// <summary>An object as it was read: its content and the version it had.</summary>
/// <param name="Content">All bytes.</param>
/// <param name="ETag">Opaque name of this version, for <see cref="PutCondition.IfMatch"/>.</param>
/// <param name="LastModifiedTs">When the store wrote it, Unix milliseconds UTC by the store's clock.</param>
public sealed record StoredObject(ReadOnlyMemory<byte> Content, string ETag, long LastModifiedTs);
