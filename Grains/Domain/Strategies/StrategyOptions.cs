using System.Globalization;

namespace Hts.Strategies;

/// <summary>What a fill costs. Part of the strategy set's hash: a model learnt at other costs does not fit.</summary>
public sealed class StrategyOptions
{
    /// <summary>Highest cost of either kind that is taken for a setting and not for a slip: 5 % a fill.</summary>
    public const double MaxBps = 500;

    /// <summary>Exchange fee of one fill in basis points. Default 4.</summary>
    public double FeeBps { get; set; } = 4;

    /// <summary>Expected slippage of one fill in basis points. Default 1.</summary>
    public double SlippageBps { get; set; } = 1;

    /// <summary>Null when sound, else the bad key, its value and what is allowed.</summary>
    public string? Check() => Check(nameof(FeeBps), FeeBps) ?? Check(nameof(SlippageBps), SlippageBps);

    private static string? Check(string key, double value) => value is >= 0 and <= MaxBps
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"Strategies:{key} is {value}; allowed are 0 to {MaxBps} basis points.");
}
