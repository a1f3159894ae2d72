namespace Hts.Status;

/// <summary>Facts about the running system that a client needs to read its data.</summary>
/// <param name="NowMs">The market's time, Unix ms.</param>
/// <param name="Speed">Market seconds per real second.</param>
/// <param name="Strategies">Names in the order of all arrays.</param>
/// <param name="Market">What is traded: "binance", "synthetic" or "tape".</param>
[GenerateSerializer, Immutable, Alias("hts.system-status")]
public sealed record SystemStatus(
    [property: Id(0)] long NowMs,
    [property: Id(1)] int Speed,
    [property: Id(2)] int BarSeconds,
    [property: Id(3)] int SlotSeconds,
    [property: Id(4)] IReadOnlyList<string> Strategies,
    [property: Id(5)] string Market);
