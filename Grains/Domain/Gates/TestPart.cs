namespace Hts.Gates;

/// <summary>
/// What a candidate itself showed where nothing of it was fitted. Beside stored forecasts it has a veto only, and only where the gate's
/// t-test over days is sure: test parts are short, and an hourly retrain that is as good as the one before looks worse every second time.
/// </summary>
internal sealed class TestPart
{
    // Of a single day nobody knows what chance does.
    private const int LeastDays = 2;

    private readonly GateOptions options;
    private readonly GateDay[] days;

    /// <param name="days">The full ones.</param>
    public TestPart(GateInput input, GateDay[] days)
    {
        (options, this.days) = (input.Options, days);
        if (days.Length < LeastDays)
            return;
        Cond = input.ChallengerIsCond ? null : Gain(d => d.Cond);
        Champion = input.ChampionVersion is null ? null : Gain(d => d.Champion!.Value);
        Coverage = Array.TrueForAll(days, d => d.Coverage is not null) ? Mean(d => d.Coverage!.Value) : null;
    }

    /// <summary>Its gain over <c>cond</c>; null when it is <c>cond</c> or there are too few days.</summary>
    public GateMean? Cond { get; }

    /// <summary>Its gain over the champion; null when there is none or too few days.</summary>
    public GateMean? Champion { get; }

    /// <summary>Null when it is not known or there are too few days.</summary>
    public GateMean? Coverage { get; }

    public bool IsWorseThanCond => IsWorse(Cond);

    public bool IsWorseThanChampion => IsWorse(Champion);

    public bool IsCoverageOut => Coverage?.High < options.MinCoverage || Coverage?.Low > options.MaxCoverage;

    private bool IsWorse(GateMean? gain) => gain?.High < -options.RetrainMargin;

    private GateMean Gain(Func<GateDay, double> other) => Mean(d => other(d) - d.Challenger);

    private GateMean Mean(Func<GateDay, double> value) => GateMean.Of(Array.ConvertAll(days, d => value(d)), options.Significance);
}
