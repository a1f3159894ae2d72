using System.Globalization;

namespace Hts.Exchange.Faults;

/// <summary>Which faults the built-in exchange has, how often, and from which seed they are drawn.</summary>
internal sealed class FaultOptions
{
    /// <summary>The name that switches all faults on.</summary>
    public const string Chaos = "chaos";

    private static readonly Dictionary<FaultKind, double> ChaosRates = new()
    {
        [FaultKind.Disconnect] = 0.0005,
        [FaultKind.Close] = 0.0003,
        [FaultKind.Shutdown] = 0.0003,
        [FaultKind.Stall] = 0.0002,
        [FaultKind.Withhold] = 0.0003,
        [FaultKind.Duplicate] = 0.01,
        [FaultKind.Reorder] = 0.01,
        [FaultKind.Late] = 0.004,
        [FaultKind.Lost] = 0.004,
        [FaultKind.Sequence] = 0.001,
        [FaultKind.Malformed] = 0.002,
        [FaultKind.Foreign] = 0.01,
        [FaultKind.Refuse] = 0.1,
        [FaultKind.TooMany] = 0.02,
        [FaultKind.Ban] = 0.005,
        [FaultKind.ServerError] = 0.03,
        [FaultKind.Slow] = 0.01,
        [FaultKind.Cut] = 0.02,
        [FaultKind.Lag] = 0.1,
        [FaultKind.Halt] = 0.4,
    };

    private readonly Dictionary<FaultKind, double> rates = [];

    public static IEnumerable<string> Names => Enum.GetNames<FaultKind>().Select(name => name.ToLowerInvariant());

    public long Seed { get; set; } = 1;

    /// <summary>Real seconds of a slow answer; more than clients wait.</summary>
    public double SlowSeconds { get; set; } = 12;

    public bool Any => rates.Values.Any(rate => rate > 0);

    /// <summary>Chance of a fault, 0 to 1.</summary>
    public double this[FaultKind kind]
    {
        get => rates.GetValueOrDefault(kind);
        set => rates[kind] = value is >= 0 and <= 1
            ? value
            : throw new ArgumentException($"The rate of {kind} is {value}: 0 to 1 is allowed.");
    }

    public FaultOptions AddChaos()
    {
        foreach (var (kind, rate) in ChaosRates)
            rates[kind] = rate;
        return this;
    }

    /// <summary>Takes a switch: a fault and its rate, as <c>lost=0.01</c>, or <c>chaos</c>.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public void Add(string text)
    {
        if (text == Chaos)
        {
            AddChaos();
            return;
        }

        var parts = text.Split('=');
        // Enum.TryParse would take a number, too.
        if (parts.Length != 2 || !Names.Contains(parts[0], StringComparer.OrdinalIgnoreCase) || !Enum.TryParse<FaultKind>(parts[0], ignoreCase: true, out var kind)
            || !double.TryParse(parts[1], CultureInfo.InvariantCulture, out var rate))
            throw new ArgumentException($"'{text}' is no fault: {Chaos}, or NAME=RATE with one of {string.Join(", ", Names)} and 0 to 1 is allowed.");
        this[kind] = rate;
    }
}
