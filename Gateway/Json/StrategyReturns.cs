using System.Text.Json.Serialization;

namespace Hts.Json;

/// <summary>One value per strategy; in JSON an object keyed by the strategies' names.</summary>
[JsonConverter(typeof(StrategyReturnsConverter))]
internal sealed record StrategyReturns(IReadOnlyList<string> Names, double[] Values)
{
    public static StrategyReturns? From(IReadOnlyList<string> names, double[]? values) =>
        values is null ? null : new StrategyReturns(names, values);
}
