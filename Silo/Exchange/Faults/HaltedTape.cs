using Hts.Trades;

namespace Hts.Exchange.Faults;

/// <summary>A tape on which symbols are halted now and then: the trades of that time never were, and ids are consecutive over the others.</summary>
internal sealed class HaltedTape(ITape inner, FaultPlan plan) : ITape
{
    private readonly Dictionary<string, SymbolHalts> halts = inner.Symbols.ToDictionary(s => s, s => new SymbolHalts(inner, s, plan), StringComparer.Ordinal);

    public IReadOnlyList<string> Symbols => inner.Symbols;

    public long FirstTs(string symbol) => inner.FirstTs(symbol);

    public long LastTs(string symbol) => inner.LastTs(symbol);

    public bool IsHalted(string symbol, long ts) => halts[symbol].Covers(ts);

    public int Read(string symbol, long fromId, Span<Trade> into)
    {
        var total = 0;
        while (total < into.Length)
        {
            var (innerId, run) = halts[symbol].Locate(fromId + total, into.Length - total);
            var read = inner.Read(symbol, innerId, into.Slice(total, run));
            if (read == 0)
                break;
            for (var i = 0; i < read; i++, total++)
                into[total] = into[total] with { Id = fromId + total };
        }

        return total;
    }

    public long IdAt(string symbol, long ts) => halts[symbol].OuterId(ts, inner.IdAt(symbol, ts));
}
