using Hts.Intervals;

namespace Hts.Predictions;

/// <summary>Section "Prediction".</summary>
public sealed class PredictionOptions
{
    /// <summary>Market seconds after base_ts within which a slot may be predicted; later it is explained as missed.</summary>
    public int ToleranceSeconds { get; set; } = 60;

    /// <summary>
    /// Market hours since its training beyond which a model's predictions are still made and settled, but no strategy is picked on them.
    /// </summary>
    public int MaxModelAgeHours { get; set; } = 168;

    /// <summary>
    /// Market seconds after target_ts before a prediction is settled: as long as late trades may still revise the window's bars, so that
    /// the outcome is the window's final label.
    /// </summary>
    public int SettleDelaySeconds { get; set; } = 120;

    /// <summary>Market seconds after target_ts, or after a restart, that a settlement waits for late bars before the window counts as incomplete.</summary>
    public int SettleGraceSeconds { get; set; } = 3_600;

    /// <summary>Active symbols that shadows predict beside the champion: all, or a fixed sample when there are more; 0 for none.</summary>
    public int ShadowSymbols { get; set; } = 50;

    /// <summary>Recipes whose newest model is a shadow.</summary>
    public int Challengers { get; set; } = 3;

    /// <summary>How intervals adapt.</summary>
    public IntervalOptions Intervals { get; set; } = new();

    /// <summary>Market seconds after base_ts that a prediction waits for the leading symbol's bars.</summary>
    public int LeaderWaitSeconds { get; set; } = 10;
}
