namespace Hts.Markets;

/// <summary>Recent returns of the leading symbol at one instant, in its own σ units; empty unless ready.</summary>
[GenerateSerializer, Immutable, Alias("hts.leader-reply")]
public sealed record LeaderReply([property: Id(0)] Readiness Readiness, [property: Id(1)] float[] Returns);
