using Hts.Bars;
using Hts.Features;

namespace Hts.DataSets;

/// <summary>
/// Hashes of some rows of a data set, to be made again and compared, each with one of the bars and embeddings known before its instant: a
/// row is held against its like only where those are the same still. Which rows are taken follows from their instants alone.
/// </summary>
/// <param name="stride">About one row in so many is taken.</param>
public sealed class RowSample(int stride = 37)
{
    private readonly Dictionary<string, Dictionary<long, string>> hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Symbol, long Ts), ulong> bars = [];
    private readonly Dictionary<(string Symbol, long Ts), ulong> embeddings = [];

    public IEnumerable<string> Symbols => hashes.Keys;

    /// <summary>The sampled instants of a symbol with their rows' hashes.</summary>
    public IReadOnlyDictionary<long, string> Of(string symbol) => hashes.TryGetValue(symbol, out var own) ? own : new Dictionary<long, string>();

    /// <summary>Hash of the bars read before a sampled instant; null when the symbol did not reach it.</summary>
    public ulong? BarsBefore(string symbol, long baseTs) => bars.TryGetValue((symbol, baseTs), out var hash) ? hash : null;

    /// <summary>Hash of the embeddings known at a sampled instant; null when the symbol did not reach it.</summary>
    public ulong? EmbeddingsAt(string symbol, long baseTs) => embeddings.TryGetValue((symbol, baseTs), out var hash) ? hash : null;

    /// <summary>Takes note of a slot's end at the moment it comes.</summary>
    /// <param name="barsBefore">Hash of all bars read so far; see <see cref="Chain"/>.</param>
    public void Reach(string symbol, long baseTs, ulong barsBefore)
    {
        if (Takes(baseTs))
            bars[(symbol, baseTs)] = barsBefore;
    }

    /// <summary>Takes note of the embeddings known at an instant; see <see cref="EmbeddingFeed.Taken"/>.</summary>
    public void Know(string symbol, long baseTs, ulong known)
    {
        if (Takes(baseTs))
            embeddings[(symbol, baseTs)] = known;
    }

    /// <summary>Takes note of a row of an instant that was reached.</summary>
    public void Offer(string symbol, long baseTs, ReadOnlySpan<float> row)
    {
        if (!Takes(baseTs))
            return;
        if (!hashes.TryGetValue(symbol, out var own))
            hashes[symbol] = own = [];
        own[baseTs] = FeatureRow.Hash(row);
    }

    /// <summary>The hash of bars with one more.</summary>
    public static ulong Chain(ulong before, in Bar bar)
    {
        var hash = Mix(before ^ (ulong)bar.Ts);
        hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(bar.Open));
        hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(bar.High));
        hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(bar.Low));
        hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(bar.Close));
        hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(bar.Volume));
        return Mix(hash ^ BitConverter.DoubleToUInt64Bits(bar.TakerBuyVolume));
    }

    // A multiplier scatters the instants, so that no time of day is always or never among them.
    private bool Takes(long baseTs) => (((ulong)baseTs * 0x9e3779b97f4a7c15) >> 32) % (uint)stride == 0;

    internal static ulong Mix(ulong value)
    {
        value *= 0xff51afd7ed558ccd;
        return value ^ (value >> 32);
    }
}
