using Hts.Problems;
using Hts.Symbols;

namespace Hts.Embeddings;

/// <summary>What a posted embedding must be, before the market is asked.</summary>
internal static class EmbeddingRules
{
    public const int Dimensions = 256;
    private const int LongestText = 65_536;
    private const int LongestModel = 200;

    /// <param name="slotMs">Length of a slot, ms.</param>
    public static void Check(EmbeddingRequest request, long slotMs, RequestCheck check)
    {
        if (!SymbolName.IsValid(request.Symbol))
            check.Fail("symbol", SymbolName.Rule + ".");
        if (request.BaseTs is not { } baseTs)
            check.Fail("baseTs", "is missing.");
        else if (baseTs.Ms % slotMs != 0)
            check.Fail("baseTs", $"must be a slot boundary, a multiple of {slotMs / 1_000} s.");
        if (request.Model is not { Length: > 0 and <= LongestModel })
            check.Fail("model", $"must name the embedder in 1 to {LongestModel} characters.");
        if (request.EmbeddingA is null && request.EmbeddingB is null)
            check.Fail("embeddingA", "At least one of embeddingA and embeddingB is needed.");
        Vector("embeddingA", request.EmbeddingA, check);
        Vector("embeddingB", request.EmbeddingB, check);
        Text("textA", request.TextA, check);
        Text("textB", request.TextB, check);
    }

    private static void Vector(string field, float[]? values, RequestCheck check)
    {
        if (values is null)
            return;
        if (values.Length != Dimensions)
            check.Fail(field, $"has {values.Length} values; {Dimensions} are needed.");
        else if (Array.FindIndex(values, v => !float.IsFinite(v)) is var bad and >= 0)
            check.Fail(field, $"value {bad} is not a finite number.");
    }

    private static void Text(string field, string? text, RequestCheck check)
    {
        if (text is { Length: > LongestText })
            check.Fail(field, $"has {text.Length} characters; at most {LongestText} are kept.");
        else if (text is not null && text.Contains('\0', StringComparison.Ordinal))
            check.Fail(field, "must not contain the character 0.");
    }
}
