using CsCheck;
using Hts.Bars;
using Hts.Trades;

namespace Hts.Tests.Trades;

/// <summary>Made-up tapes and the ways of running them.</summary>
internal static class Tape
{
    public const long Start = 1_600_000_000_000 - (1_600_000_000_000 % 600_000);

    /// <summary>Furthest that <see cref="Shuffled"/> lets a trade come after a newer one: within the default horizon.</summary>
    public const int MaxDelayMs = 100_000;

    public static Trade At(long id, double seconds, double price, double quantity = 1, bool sold = false) =>
        new(id, id, id, Start + (long)(seconds * 1000), price, quantity, sold);

    /// <summary>Trades in order of time; ids mostly rise with time, but not always; now and then a long silence.</summary>
    public static Gen<Trade[]> Sorted { get; } =
        from steps in Gen.Select(Gen.Frequency((20, Gen.Int[0, 3_000]), (3, Gen.Int[0, 60_000]), (1, Gen.Int[60_000, 400_000])),
            Gen.Int[1, 500], Gen.Long[1, 300_000_000], Gen.Bool, Gen.Int[0, 6]).Array[1, 150]
        select Build(steps);

    /// <summary>The same trades, each delayed by up to <see cref="MaxDelayMs"/>, some of them twice.</summary>
    public static Gen<(Trade[] Sorted, Trade[] Shuffled)> Shuffled { get; } =
        from sorted in Sorted
        from delays in Gen.Int[0, MaxDelayMs].Array[sorted.Length]
        from again in Gen.Select(Gen.Int[0, sorted.Length - 1], Gen.Int[0, MaxDelayMs]).Array[0, 20]
        select (sorted, sorted.Select((t, i) => (t, At: t.Ts + delays[i]))
            .Concat(again.Select(a => (t: sorted[a.Item1], At: sorted[a.Item1].Ts + a.Item2)))
            .OrderBy(x => x.At).Select(x => x.t).ToArray());

    public static List<BarChange> Drain(BarAggregator aggregator)
    {
        var changes = new List<BarChange>();
        while (aggregator.TryTake(out var change))
            changes.Add(change);
        return changes;
    }

    /// <summary>The newest form of each bar; every revision must be the next and must change something.</summary>
    public static List<Bar> Newest(IEnumerable<BarChange> changes)
    {
        var newest = new SortedDictionary<long, BarChange>();
        foreach (var change in changes)
        {
            var known = newest.TryGetValue(change.Bar.Ts, out var before);
            change.Revision.ShouldBe(known ? before.Revision + 1 : 0);
            if (known)
                change.Bar.ShouldNotBe(before.Bar);
            newest[change.Bar.Ts] = change;
        }
        return [.. newest.Values.Select(c => c.Bar)];
    }

    public static List<Bar> Read(IEnumerable<Trade> trades, AggregatorOptions? options = null) => [.. new TapeBars(trades, Grid.Default, options).Read()];

    private static Trade[] Build((int WaitMs, int Price, long Units, bool Sold, int IdStep)[] steps)
    {
        var trades = new Trade[steps.Length];
        var (ts, id) = (Start, 1_000L);
        for (var i = 0; i < steps.Length; i++)
        {
            ts += steps[i].WaitMs;
            // A step of 0 leaves room for the next id to be lower than this one.
            id += 10;
            var unique = id - (steps[i].IdStep == 0 ? 15 : 0);
            trades[i] = new Trade(unique, unique, unique, ts, steps[i].Price, steps[i].Units / 1e8, steps[i].Sold);
        }
        return trades;
    }
}
