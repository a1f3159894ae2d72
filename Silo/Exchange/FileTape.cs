using System.Buffers;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>Recorded trades, shifted in time, out of the files that <see cref="TapeBuilder"/> made.</summary>
internal sealed class FileTape : ITape, IDisposable
{
    private const int ReadAtOnce = 128;

    private readonly Dictionary<string, (TapeStore Store, long ShiftMs)> symbols = new(StringComparer.Ordinal);

    private FileTape(IEnumerable<(string Symbol, TapeStore Store)> stores, IReadOnlyDictionary<string, long> shiftMs)
    {
        foreach (var (symbol, store) in stores)
            symbols.Add(symbol, (store, shiftMs[symbol]));
        Symbols = [.. symbols.Keys];
    }

    public IReadOnlyList<string> Symbols { get; }

    /// <param name="folder">The folder that <see cref="TapeBuilder.Build"/> gave.</param>
    /// <param name="shiftMs">What is added to the times of each symbol.</param>
    public static FileTape Open(string folder, IReadOnlyDictionary<string, long> shiftMs) => new(Stores(folder), shiftMs);

    /// <summary>First and last time of each symbol, in the source's time.</summary>
    public static IReadOnlyList<(string Symbol, long FirstTs, long LastTs)> Spans(string folder)
    {
        var spans = new List<(string, long, long)>();
        foreach (var (symbol, store) in Stores(folder))
        {
            spans.Add((symbol, store.FirstTs, store.LastTs));
            store.Dispose();
        }

        return spans;
    }

    private static IEnumerable<(string Symbol, TapeStore Store)> Stores(string folder) =>
        Directory.EnumerateFiles(folder, "*" + TapeStore.Ending)
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileNameWithoutExtension(path), new TapeStore(path)));

    public long FirstTs(string symbol) => symbols[symbol].Store.FirstTs + symbols[symbol].ShiftMs;

    public long LastTs(string symbol) => symbols[symbol].Store.LastTs + symbols[symbol].ShiftMs;

    public int Read(string symbol, long fromId, Span<Trade> into)
    {
        var (store, shiftMs) = symbols[symbol];
        var index = Math.Max(fromId, 1) - 1;
        var total = 0;
        var records = ArrayPool<TapeRecord>.Shared.Rent(ReadAtOnce);
        while (total < into.Length)
        {
            var read = store.Read(index, records.AsSpan(0, Math.Min(ReadAtOnce, into.Length - total)));
            if (read == 0)
                break;
            for (var i = 0; i < read; i++)
                into[total++] = records[i].ToTrade(++index, shiftMs);
        }

        ArrayPool<TapeRecord>.Shared.Return(records);
        return total;
    }

    public long IdAt(string symbol, long ts)
    {
        var (store, shiftMs) = symbols[symbol];
        return store.IndexAt(ts - shiftMs) + 1;
    }

    public void Dispose()
    {
        foreach (var (store, _) in symbols.Values)
            store.Dispose();
    }
}
