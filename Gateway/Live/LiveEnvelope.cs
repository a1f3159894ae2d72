namespace Hts.Live;

/// <summary>The one argument of every live message.</summary>
/// <param name="Seq">Ascends, with jumps, within one stream.</param>
/// <param name="Symbol">Null when it concerns all.</param>
/// <param name="Data">The same object that REST answers.</param>
internal sealed record LiveEnvelope<T>(long Seq, string? Symbol, T Data);
