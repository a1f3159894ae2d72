namespace Hts.Access;

/// <summary>A key that is accepted; only its digest is kept.</summary>
internal sealed record ApiKey(string Name, bool Admin, byte[] Digest);
