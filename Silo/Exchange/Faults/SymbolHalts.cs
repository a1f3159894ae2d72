namespace Hts.Exchange.Faults;

/// <summary>The halts of one symbol, found hour by hour as they are needed, and how they shift its ids. Thread-safe.</summary>
internal sealed class SymbolHalts(ITape tape, string symbol, FaultPlan plan)
{
    private const long HourMs = 3_600_000;
    private const long MinuteMs = 60_000;
    private const double LongestMinutes = 30;

    private readonly Lock gate = new();

    // In the order of time; ids are the inner tape's.
    private readonly List<(long FromTs, long ToTs, long FromId, long ToId)> halts = [];
    private long hour = tape.FirstTs(symbol) / HourMs;

    public bool Covers(long ts)
    {
        lock (gate)
        {
            LookUntil(ts);
            return halts.Exists(h => h.FromTs <= ts && ts < h.ToTs);
        }
    }

    /// <summary>The inner id of an id, and how many of the wanted ones follow before the next halt.</summary>
    public (long InnerId, int Run) Locate(long id, int wanted)
    {
        lock (gate)
        {
            LookBeyond(id + wanted);
            // The list may grow on the way.
            for (var i = 0; i < halts.Count; i++)
            {
                if (halts[i].FromId > id)
                    return (id, (int)Math.Min(wanted, halts[i].FromId - id));
                id += halts[i].ToId - halts[i].FromId;
                LookBeyond(id + wanted);
            }

            return (id, wanted);
        }
    }

    /// <summary>The id of the first trade at or after an instant, from that of the inner tape.</summary>
    public long OuterId(long ts, long innerId)
    {
        lock (gate)
        {
            LookUntil(ts);
            return innerId - halts.Where(h => h.FromTs < ts).Sum(h => Math.Min(innerId, h.ToId) - h.FromId);
        }
    }

    private void LookUntil(long ts)
    {
        while (hour * HourMs <= Math.Min(ts, tape.LastTs(symbol)))
            Look();
    }

    private void LookBeyond(long innerId)
    {
        while (hour * HourMs <= tape.LastTs(symbol) && tape.IdAt(symbol, hour * HourMs) <= innerId)
            Look();
    }

    private void Look()
    {
        if (plan.Hits(FaultKind.Halt, symbol, hour))
        {
            var shape = plan.Shape(FaultKind.Halt, symbol, hour);
            // Within its hour, so that halts never meet.
            var lengthMs = (long)((2 + (shape.Uniform() * (LongestMinutes - 2))) * MinuteMs);
            var fromTs = (hour * HourMs) + (long)(shape.Uniform() * (HourMs - lengthMs));
            halts.Add((fromTs, fromTs + lengthMs, tape.IdAt(symbol, fromTs), tape.IdAt(symbol, fromTs + lengthMs)));
        }

        hour++;
    }
}
