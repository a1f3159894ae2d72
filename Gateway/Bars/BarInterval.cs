namespace Hts.Bars;

/// <summary>The interval names of the API.</summary>
internal static class BarInterval
{
    public const string Usual = "15s";

    public static readonly string[] Names = [Usual, "1m", "5m", "10m", "1h", "1d"];

    /// <summary>Length in ms; null when it is no interval.</summary>
    public static long? Ms(string name) => name switch
    {
        Usual => 15_000,
        "1m" => 60_000,
        "5m" => 300_000,
        "10m" => 600_000,
        "1h" => 3_600_000,
        "1d" => 86_400_000,
        _ => null,
    };
}
