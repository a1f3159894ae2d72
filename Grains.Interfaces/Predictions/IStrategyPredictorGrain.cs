using Orleans.Concurrency;

namespace Hts.Predictions;

/// <summary>One symbol's strategy predictor: predicts each slot once, settles it once. The key is the symbol's name.</summary>
[Alias("hts.strategy-predictor")]
public interface IStrategyPredictorGrain : IGrainWithStringKey
{
    /// <summary>Begins predicting at the symbol's first slot; safe to repeat.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Ends predicting; open predictions are still settled.</summary>
    [Alias("stop")]
    Task Stop();

    /// <summary>Says that the bars up to a slot boundary are stored. Only makes the tick prompt; the reminder makes it certain.</summary>
    [OneWay, Alias("slot-ended")]
    Task SlotEnded(long baseTs);

    /// <summary>
    /// The running slot's prediction, made now if it is due and missing; null when the symbol is not predicted, or the slot waits for its bars.
    /// </summary>
    [Alias("predict")]
    Task<PredictionMessage?> Predict();

    /// <summary>The newest row of the champion; null when there is none.</summary>
    [ReadOnly, Alias("newest")]
    Task<PredictionMessage?> Newest();
}
