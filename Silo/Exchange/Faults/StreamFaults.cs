using Hts.Trades;

namespace Hts.Exchange.Faults;

/// <summary>What one connection makes of the trades that are due: which messages go out, in which order, and when it ends.</summary>
internal sealed class StreamFaults(FaultPlan plan)
{
    private const long WithholdMs = 400_000;

    private readonly List<(long DueMs, FaultyMessage Message)> held = [];
    private readonly Dictionary<string, long> withheldUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FaultyMessage> swapped = new(StringComparer.Ordinal);

    public StreamEnd End { get; private set; }

    /// <summary>True when nothing is sent any more.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>The messages that go out for a trade.</summary>
    public void Take(TradeStream stream, in Trade trade, List<FaultyMessage> into)
    {
        var symbol = stream.Cursor.Symbol;
        if (IsSilent || Ends(symbol, trade.Id) || IsWithheld(symbol, trade))
            return;
        if (plan.Hits(FaultKind.Foreign, symbol, trade.Id))
            into.Add(Text(FaultTexts.Foreign(symbol, trade)));
        if (plan.Hits(FaultKind.Sequence, symbol, trade.Id))
            into.Add(new FaultyMessage(stream, trade with { Id = trade.Id % 2 == 0 ? trade.Id + 1_000_000 : Math.Max(1, trade.Id - 1_000) }, null));
        if (plan.Hits(FaultKind.Lost, symbol, trade.Id))
            return;
        var message = plan.Hits(FaultKind.Malformed, symbol, trade.Id) ? Malformed(stream, trade) : new FaultyMessage(stream, trade, null);
        if (plan.Hits(FaultKind.Late, symbol, trade.Id))
        {
            Hold(FaultKind.Late, symbol, trade, message);
            return;
        }

        if (plan.Hits(FaultKind.Duplicate, symbol, trade.Id))
        {
            into.Add(message);
            Hold(FaultKind.Duplicate, symbol, trade, message);
            return;
        }

        if (!swapped.ContainsKey(symbol) && plan.Hits(FaultKind.Reorder, symbol, trade.Id))
        {
            swapped.Add(symbol, message);
            return;
        }

        into.Add(message);
        if (swapped.Remove(symbol, out var before))
            into.Add(before);
    }

    /// <summary>Messages that were held back and are due.</summary>
    public void Release(long nowMs, List<FaultyMessage> into)
    {
        if (IsSilent)
            return;
        foreach (var (dueMs, message) in held)
        {
            if (dueMs <= nowMs)
                into.Add(message);
        }

        held.RemoveAll(h => h.DueMs <= nowMs);
    }

    private bool Ends(string symbol, long id)
    {
        IsSilent = plan.Hits(FaultKind.Stall, symbol, id);
        End = plan.Hits(FaultKind.Disconnect, symbol, id) ? StreamEnd.Broken
            : plan.Hits(FaultKind.Close, symbol, id) ? StreamEnd.Closed
            : plan.Hits(FaultKind.Shutdown, symbol, id) ? StreamEnd.Announced
            : StreamEnd.None;
        return IsSilent || End != StreamEnd.None;
    }

    private bool IsWithheld(string symbol, in Trade trade)
    {
        if (plan.Hits(FaultKind.Withhold, symbol, trade.Id))
            withheldUntil[symbol] = trade.Ts + WithholdMs;
        return withheldUntil.TryGetValue(symbol, out var until) && trade.Ts < until;
    }

    // Mostly seconds, now and then for longer than bars are revised.
    private void Hold(FaultKind kind, string symbol, in Trade trade, FaultyMessage message)
    {
        var shape = plan.Shape(kind, symbol, trade.Id);
        var longestMs = shape.Uniform() < 0.25 ? 400_000 : 60_000;
        held.Add((trade.Ts + (long)(shape.Uniform() * longestMs), message));
    }

    private FaultyMessage Malformed(TradeStream stream, in Trade trade) => (trade.Id % 5) switch
    {
        0 => new FaultyMessage(stream, trade with { Price = -trade.Price }, null),
        1 => new FaultyMessage(stream, trade with { Ts = trade.Ts + 86_400_000 }, null),
        2 => new FaultyMessage(stream, trade with { Quantity = 0 }, null),
        _ => Text(FaultTexts.Rubbish(trade)),
    };

    private static FaultyMessage Text(string text) => new(null, default, text);
}
