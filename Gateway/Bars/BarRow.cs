using System.Text.Json;
using Hts.Json;
using Hts.Markets;

namespace Hts.Bars;

/// <summary>Reads one posted row by itself, so that a bad one cannot harm its neighbours. The first broken rule counts.</summary>
internal struct BarRow(JsonElement row)
{
    /// <summary>The rule that the row breaks; null when it can be read.</summary>
    public string? Rule { get; private set; }

    /// <summary>Set as soon as the time could be read.</summary>
    public UtcTime? Ts { get; private set; }

    /// <param name="knownAt">Receipt, Unix ms.</param>
    public BarMessage Read(long knownAt)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            Rule = "The row is not an object.";
            return default;
        }
        Ts = Time();
        return new BarMessage(
            Ts?.Ms ?? 0, Number("open"), Number("high"), Number("low"), Number("close"), Number("volume"), Number("takerBuyVolume"),
            Count("trades"), LastTradeId: 0, knownAt, Revision: 0);
    }

    private UtcTime? Time()
    {
        if (row.TryGetProperty("ts", out var value))
        {
            if (value.ValueKind == JsonValueKind.String && UtcTime.TryParse(value.GetString()!, out var time))
                return time;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var ms) && UtcTime.IsValid(ms))
                return new UtcTime(ms);
        }
        Rule ??= "ts must be a time: ISO 8601 with Z, or Unix milliseconds.";
        return null;
    }

    private double Number(string name)
    {
        if (row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        Rule ??= $"{name} must be a finite number.";
        return 0;
    }

    private int Count(string name)
    {
        if (row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count))
            return count;
        Rule ??= $"{name} must be a whole number.";
        return 0;
    }
}
