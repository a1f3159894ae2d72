using Hts.Exchange;

namespace Hts.Tests.Exchange;

public sealed class SpanGroupTests
{
    [Fact]
    public void Spans_that_overlap_through_others_are_one_group()
    {
        var groups = SpanGroups.Of([("D", 100, 120), ("B", 8, 20), ("A", 0, 10), ("C", 18, 30), ("E", 31, 40)]);

        groups.Select(group => (string.Join("", group.Symbols), group.FirstTs, group.LastTs))
            .ShouldBe([("ABC", 0L, 30L), ("E", 31L, 40L), ("D", 100L, 120L)]);
    }

    [Fact]
    public void The_shift_is_whole_slots_and_leaves_the_last_fifth_to_come()
    {
        const long slot = 600_000;
        var group = new SpanGroup(["A"], 1_000, 1_000 + (50 * slot));

        var shift = group.ShiftFor(1_700_000_123_456, slot);

        (shift % slot).ShouldBe(0);
        var played = 1_700_000_123_456 - (group.FirstTs + shift);
        ((double)played / (50 * slot)).ShouldBeInRange(0.8, 0.82);
    }
}
