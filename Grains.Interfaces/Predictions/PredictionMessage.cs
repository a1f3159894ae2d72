namespace Hts.Predictions;

/// <summary>A row of the ledger on the wire. Arrays are in the order of <see cref="Strategies"/>, returns in percent, times in Unix ms.</summary>
/// <param name="Reason">Why this pick, or why there is no pick or no prediction.</param>
/// <param name="SettleReason">"settled", or why the window has no outcome; null while it is open.</param>
/// <param name="Sequence">Ascends over all changes of the ledger; 0 when not read from it.</param>
[GenerateSerializer, Immutable, Alias("hts.prediction")]
public sealed record PredictionMessage(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long BaseTs,
    [property: Id(2)] long TargetTs,
    [property: Id(3)] string Role,
    [property: Id(4)] string? ModelVersion,
    [property: Id(5)] long? Epoch,
    [property: Id(6)] IReadOnlyList<string> Strategies,
    [property: Id(7)] double[]? Predicted,
    [property: Id(8)] double[]? Lower,
    [property: Id(9)] double[]? Upper,
    [property: Id(10)] string? Pick,
    [property: Id(11)] string Reason,
    [property: Id(12)] string? FeaturesHash,
    [property: Id(13)] long CreatedAt,
    [property: Id(14)] double[]? Outcome,
    [property: Id(15)] long? SettledAt,
    [property: Id(16)] string? SettleReason,
    [property: Id(17)] long Sequence);
