namespace Hts.History;

/// <summary>Score of one strategy's settled predictions. Squared errors in percent squared.</summary>
/// <param name="Count">Settled predictions.</param>
/// <param name="Mse">Mean squared error of the predicted net return.</param>
/// <param name="MeanMse">The same for the training mean of the model that predicted.</param>
/// <param name="Ic">Pearson correlation of net prediction and net outcome, which says nothing about direction; null with fewer than three, or when either does not vary.</param>
/// <param name="Coverage">Share of outcomes within their 90 % interval.</param>
/// <param name="Skill">Direction, and net skill beyond baselines; null from a silo that does not tell yet.</param>
[GenerateSerializer, Immutable, Alias("hts.strategy-score")]
public sealed record StrategyScore(
    [property: Id(0)] string Strategy,
    [property: Id(1)] int Count,
    [property: Id(2)] double? Mse,
    [property: Id(3)] double? MeanMse,
    [property: Id(4)] double? Ic,
    [property: Id(5)] double? Coverage,
    [property: Id(6)] SkillScore? Skill = null);
