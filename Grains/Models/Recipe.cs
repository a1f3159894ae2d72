using System.Text.Json;

namespace Hts.Models;

/// <summary>
/// What a model is made of, in a word: its kind, and for an average its members too, as "average(mlp,ridge)", since what an average of
/// others has shown says nothing about it.
/// </summary>
public static class Recipe
{
    private const string Average = "average";

    public static string Of(ModelRow model) => Of(model.Kind, model.MetricsJson);

    /// <param name="kind">The model's kind.</param>
    /// <param name="metricsJson">
    /// Scores of its training report: <c>candidates</c>, each with its <c>name</c> and <c>members</c>. An average that is not among them,
    /// as one that another program trained, is of an unknown recipe of its own: "average".
    /// </param>
    public static string Of(string kind, string metricsJson)
    {
        if (kind != Average)
            return kind;
        using var metrics = JsonDocument.Parse(metricsJson);
        if (metrics.RootElement.TryGetProperty("candidates", out var candidates))
            foreach (var candidate in candidates.EnumerateArray())
                if (candidate.GetProperty("name").ValueEquals(kind))
                    return $"{kind}({string.Join(',', candidate.GetProperty("members").EnumerateArray().Select(m => m.GetString()).Order(StringComparer.Ordinal))})";
        return kind;
    }
}
