namespace Hts.Models;

/// <summary>The epoch that a promotion made, or why it was refused.</summary>
[GenerateSerializer, Immutable, Alias("hts.promotion-reply")]
public sealed record PromotionReply([property: Id(0)] EpochMessage? Epoch, [property: Id(1)] string? Refusal);
