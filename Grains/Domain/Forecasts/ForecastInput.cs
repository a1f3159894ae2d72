namespace Hts.Forecasts;

/// <summary>What a model needs to forecast one symbol at one instant of decision.</summary>
/// <param name="Features">Values in the order of the feature schema the model was trained with.</param>
/// <param name="SigmaSlot">Expected standard deviation of the slot's log return, a fraction: turns σ units into returns.</param>
/// <param name="Standing">Standing side of each strategy that keeps a state, in the order of the strategy set: −1, 0 or 1.</param>
public sealed record ForecastInput(float[] Features, double SigmaSlot, sbyte[] Standing);
