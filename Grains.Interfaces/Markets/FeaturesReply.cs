namespace Hts.Markets;

/// <summary>The feature vector of one symbol at one instant of decision, or why there is none.</summary>
/// <param name="Values">In the order of the feature schema; empty unless ready.</param>
/// <param name="SigmaSlot">Expected standard deviation of the slot's log return, a fraction.</param>
/// <param name="Standing">Standing side of each strategy that keeps a state: −1, 0, 1.</param>
/// <param name="Hash">Hash of the values.</param>
/// <param name="SchemaHash">Hash of the feature schema.</param>
[GenerateSerializer, Immutable, Alias("hts.features-reply")]
public sealed record FeaturesReply(
    [property: Id(0)] Readiness Readiness,
    [property: Id(1)] string Reason,
    [property: Id(2)] float[] Values,
    [property: Id(3)] double SigmaSlot,
    [property: Id(4)] sbyte[] Standing,
    [property: Id(5)] string Hash,
    [property: Id(6)] string SchemaHash);
