using Hts.Json;

namespace Hts.Bars;

/// <summary>A refused row: its place in the array, its time when that could be read, and the rule it broke.</summary>
internal sealed record BarRejection(int Index, UtcTime? Ts, string Rule);
