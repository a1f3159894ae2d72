using CsCheck;
using Hts.Bars;
using Hts.Imports;
using Hts.Tests.Postgres;

namespace Hts.Tests.Imports;

public sealed class MissingSpansTests(PostgresFixture postgres)
{
    private const long BarMs = 15_000;
    private const long Start = 1_700_000_100_000;

    [Fact]
    public async Task Holes_at_both_ends_and_in_the_middle_are_found_and_nothing_else()
    {
        await using var store = await PostgresFixture.Open(await postgres.NewDatabase());
        var bars = Sample.Bars(Start, 20).Where((_, i) => i is (> 2 and < 8) or (> 10 and < 18)).ToArray();
        var cancellation = TestContext.Current.CancellationToken;
        (await MissingSpans.Find(store.Bars, "ABC", Grid.Default, Start, At(20), cancellation)).ShouldBe([new Span(Start, At(20))]);
        await store.Bars.Write("ABC", bars, cancellation);

        (await MissingSpans.Find(store.Bars, "ABC", Grid.Default, Start, At(20), cancellation))
            .ShouldBe([new Span(Start, At(3)), new Span(At(8), At(11)), new Span(At(18), At(20))]);
        (await MissingSpans.Find(store.Bars, "ABC", Grid.Default, At(3), At(8), cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_left_of_spans_is_what_a_count_of_their_bars_says()
    {
        var span = Gen.Select(Gen.Int[0, 30], Gen.Int[1, 10]).Select((from, length) => new Span(from, from + length));
        Gen.Select(span.List[0, 5], span.List[0, 5]).Sample((spans, others) =>
        {
            var ascending = spans.OrderBy(s => s.FromTs).Aggregate(new List<Span>(), (kept, next) =>
            {
                if (kept.Count == 0 || kept[^1].ToTs <= next.FromTs)
                    kept.Add(next);
                return kept;
            });
            var left = MissingSpans.Without(ascending, others);
            Units(left).ShouldBe(Units(ascending).Except(Units(others)).Order());
            left.ShouldAllBe(s => s.LengthMs > 0);
        });
    }

    private static long At(int bar) => Start + (bar * BarMs);

    private static IEnumerable<long> Units(IEnumerable<Span> spans) =>
        spans.SelectMany(span => Enumerable.Range((int)span.FromTs, (int)span.LengthMs)).Select(unit => (long)unit);
}
