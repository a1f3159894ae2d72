using Hts.Bars;
using Hts.Embeddings;
using Hts.Time;

namespace Hts.Markets;

/// <summary>What an embedding from outside must be like, and since when it counts as known.</summary>
internal static class EmbeddingRules
{
    /// <summary>Null when sound, else the broken rule.</summary>
    public static string? Check(EmbeddingMessage message, Grid grid, long nowMs)
    {
        if (message.BaseTs <= 0 || !grid.IsSlotTs(message.BaseTs))
            return $"baseTs {Timestamps.Iso(message.BaseTs)} is not a slot boundary (a multiple of {grid.SlotMs / 1000} s)";
        if (message.BaseTs > nowMs + grid.SlotMs)
            return $"baseTs {Timestamps.Iso(message.BaseTs)} is more than one slot ahead";
        if (message.KnownAt > nowMs)
            return $"knownAt {Timestamps.Iso(message.KnownAt.Value)} is in the future";
        if (message.A is null && message.B is null)
            return "there is neither embeddingA nor embeddingB";
        if (string.IsNullOrWhiteSpace(message.Model) || message.Model.Length > 200)
            return "model must name the embedder in 1 to 200 characters";
        return CheckValues("embeddingA", message.A) ?? CheckValues("embeddingB", message.B);
    }

    /// <summary>
    /// The row of a sound message. No live prediction had it before it came in, so it is known since then; only where the time that it
    /// states lies back by more than the delay is it back-filled: known as if it had come in then, and marked.
    /// </summary>
    public static EmbeddingRow ToRow(string symbol, EmbeddingMessage message, long nowMs, int delaySeconds)
    {
        var stated = (message.KnownAt ?? nowMs) + (delaySeconds * 1000L);
        var (knownAt, receivedAt) = stated < nowMs ? (stated, (long?)nowMs) : (nowMs, null);
        return new(symbol, message.BaseTs, message.TextA, message.TextB, message.A, message.B, message.Model, knownAt, receivedAt);
    }

    private static string? CheckValues(string field, float[]? values)
    {
        if (values is null)
            return null;
        if (values.Length != HashingEmbedder.Dimensions)
            return $"{field} has {values.Length} values, not {HashingEmbedder.Dimensions}";
        var bad = Array.FindIndex(values, v => !float.IsFinite(v));
        return bad < 0 ? null : $"{field}[{bad}] is {values[bad]}, not a finite number";
    }
}
