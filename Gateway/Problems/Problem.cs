using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hts.Problems;

/// <summary>Every error that the gateway answers: RFC 9457 problem details whose type is <c>urn:hts:problem:KIND</c>.</summary>
internal static class Problem
{
    public const string TypePrefix = "urn:hts:problem:";

    public static ProblemHttpResult UnknownSymbol(string symbol) =>
        Of("unknown-symbol", 404, "Unknown symbol", $"There is no symbol '{Shown(symbol)}'.");

    public static ProblemHttpResult NoPrediction(string symbol) =>
        Of("no-prediction", 404, "No prediction yet", $"{symbol} has no prediction yet.");

    public static ProblemHttpResult NotPredicted(string why) => Of("not-predicted", 409, "Not predicted", why);

    public static ProblemHttpResult NoModel() => Of("no-model", 404, "No model yet", "No model was ever promoted.");

    public static ProblemHttpResult UnknownModel(string version) =>
        Of("unknown-model", 404, "Unknown model", $"There is no model '{Shown(version)}'.");

    public static ProblemHttpResult PromotionRefused(string why) => Of("promotion-refused", 409, "Promotion refused", why);

    public static ProblemHttpResult Refused(string why) => Of("refused", 422, "Refused", why);

    public static ProblemHttpResult KeyMissing() =>
        Of("key-missing", 401, "Key needed", "Send a key as X-Api-Key or as Authorization: Bearer.");

    public static ProblemHttpResult KeyRefused() => Of("key-refused", 401, "Key refused", "The key is not known.");

    public static ProblemHttpResult AdminOnly(string holder) =>
        Of("admin-only", 403, "Admin key needed", $"The key of {holder} may not change the system.");

    public static ProblemHttpResult ForeignOrigin(string why) => Of("foreign-origin", 403, "Foreign origin", why);

    public static ProblemHttpResult ClusterUnavailable(string why) =>
        Of("cluster-unavailable", 503, "Cluster unavailable", why);

    /// <summary>A request that breaks rules, by the name of the field or parameter.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors)
    {
        var detail = string.Join(" ", errors.SelectMany(e => e.Value.Select(text => $"{e.Key}: {text}")));
        return TypedResults.Problem(new HttpValidationProblemDetails(errors.ToDictionary())
        {
            Type = TypePrefix + "invalid-request",
            Title = "Invalid request",
            Status = 400,
            Detail = detail,
        });
    }

    public static ProblemHttpResult Invalid(string field, string text) =>
        Invalid(new Dictionary<string, string[]> { [field] = [text] });

    public static ProblemHttpResult Of(string kind, int status, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Type = TypePrefix + kind, Title = title, Status = status, Detail = detail });

    // What a caller sent is shown back short, so that an answer cannot be made long at will.
    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
