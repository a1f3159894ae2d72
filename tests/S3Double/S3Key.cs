namespace Hts.S3Double;

/// <summary>An access key that requests may be signed with.</summary>
/// <param name="Token">Of a session; null for a lasting key.</param>
/// <param name="Expired">True once it is refused for its age.</param>
public sealed record S3Key(string Secret, string? Token = null, bool Expired = false);
