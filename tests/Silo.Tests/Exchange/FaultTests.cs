using Hts.Exchange.Faults;
using Hts.Trades;

namespace Hts.Tests.Exchange;

public sealed class FaultTests
{
    private const string Symbol = "BTC_JPY";
    private const long Hour = 3_600_000;
    private const long Start = 480_000 * Hour;

    [Theory]
    [InlineData("lost=0.25", "Lost", 0.25)]
    [InlineData("TooMany=1", "TooMany", 1)]
    [InlineData("chaos", "Stall", 0.0002)]
    public void A_switch_sets_a_rate(string text, string kind, double rate)
    {
        var options = new FaultOptions();

        options.Add(text);

        options[Enum.Parse<FaultKind>(kind)].ShouldBe(rate);
    }

    [Fact]
    public void Chaos_is_every_fault_and_a_later_switch_corrects_it()
    {
        var options = new FaultOptions();

        options.Add("chaos");
        options.Add("ban=0");

        options[FaultKind.Ban].ShouldBe(0);
        Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.Ban).ShouldAllBe(kind => options[kind] > 0);
    }

    [Theory]
    [InlineData("nothing=0.5")]
    [InlineData("lost")]
    [InlineData("lost=2")]
    [InlineData("lost=NaN")]
    [InlineData("3=0.5=1")]
    [InlineData("99=0.5")]
    [InlineData("5=0.1")]
    public void A_switch_that_is_none_is_refused_with_what_is_allowed(string text) =>
        Should.Throw<ArgumentException>(() => new FaultOptions().Add(text)).Message.ShouldContain("allowed");

    [Fact]
    public void The_same_seed_draws_the_same_faults_and_another_one_others()
    {
        var (first, again, other) = (Plan(1), Plan(1), Plan(2));

        var hits = Hits(first);

        hits.Length.ShouldBeInRange(60, 140);
        Hits(again).ShouldBe(hits);
        Hits(other).ShouldNotBe(hits);
        first[FaultKind.Lost].ShouldBe(hits.Length);
        first.IsCalm = true;
        Hits(first).ShouldBeEmpty();

        static long[] Hits(FaultPlan plan) => [.. Enumerable.Range(0, 1_000).Select(i => (long)i).Where(id => plan.Hits(FaultKind.Lost, Symbol, id))];
    }

    [Fact]
    public void Halted_trades_never_were_and_ids_stay_consecutive()
    {
        // A trade each ten seconds for two days.
        var all = Enumerable.Range(0, 17_280).Select(i => new Trade(i + 1, i + 1, i + 1, Start + (i * 10_000L), 100 + i, 1, false)).ToArray();
        var plan = new FaultPlan(new FaultOptions { Seed = 5, [FaultKind.Halt] = 0.5 });
        var tape = new HaltedTape(new ArrayTape(Symbol, all), plan);

        var seen = new List<Trade>();
        var buffer = new Trade[700];
        for (int read; (read = tape.Read(Symbol, seen.Count + 1, buffer)) > 0;)
            seen.AddRange(buffer.AsSpan(0, read));

        plan[FaultKind.Halt].ShouldBeInRange(10, 40);
        seen.Select(t => t.Id).ShouldBe(Enumerable.Range(1, seen.Count).Select(id => (long)id));
        seen.Select(t => t.Ts).ShouldBe(all.Select(t => t.Ts).Where(ts => !tape.IsHalted(Symbol, ts)));
        seen.Count.ShouldBeLessThan(all.Length - 500);
        foreach (var trade in seen.Where(t => t.Id % 97 == 0))
        {
            tape.IdAt(Symbol, trade.Ts).ShouldBe(trade.Id);
            tape.IdAt(Symbol, trade.Ts + 1).ShouldBe(trade.Id + 1);
        }
    }

    private static FaultPlan Plan(long seed) => new(new FaultOptions { Seed = seed, [FaultKind.Lost] = 0.1 });
}
