namespace Hts.Forecasts;

/// <summary>Parts of a loaded model that forecast alone, named beside its version.</summary>
public static class ForecastParts
{
    /// <summary>The table under the members.</summary>
    public const string Cond = "cond";

    /// <summary>The linear member on the table.</summary>
    public const string Ridge = "ridge";

    /// <summary>All there can be.</summary>
    public static IReadOnlyList<string> All { get; } = [Cond, Ridge];

    private const char Mark = '|';

    /// <summary>The name to ask a part by; a forecaster holds it when the model has that part and more.</summary>
    public static string Of(string version, string part) => version + Mark + part;

    public static bool IsPart(string version) => version.Contains(Mark, StringComparison.Ordinal);
}
