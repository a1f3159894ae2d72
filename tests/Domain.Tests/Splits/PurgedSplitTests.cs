using CsCheck;
using Hts.Splits;

namespace Hts.Tests.Splits;

public sealed class PurgedSplitTests
{
    private const long Slot = 600_000;

    [Fact]
    public void Parts_follow_each_other_in_time_with_a_purge_between()
    {
        var baseTs = Enumerable.Range(0, 20).Select(i => i * Slot).ToArray();
        var split = PurgedSplit.Make(baseTs, 2 * Slot, new() { ValidationShare = 0.25, TestShare = 0.2 });
        split.Train.ShouldBe(Enumerable.Range(0, 10));
        split.Validation.ShouldBe([11, 12, 13, 14]);
        split.Test.ShouldBe([16, 17, 18, 19]);
        split.ValidationFromTs.ShouldBe(11 * Slot);
        split.TestFromTs.ShouldBe(16 * Slot);
        split.Purged.ShouldBe(2);
    }

    [Fact]
    public void The_purge_is_the_slot_and_the_overlap_of_features() => PurgedSplit.PurgeMs(Slot, 240 * 15_000).ShouldBe(4_200_000);

    [Fact]
    public void No_two_parts_share_a_bar_whatever_the_rows() =>
        Gen.Select(Gen.Long[0, 300].Array[0, 200], Gen.Int[0, 20], Gen.Double[0, 0.49], Gen.Double[0, 0.49]).Sample((slots, purge, validation, test) =>
        {
            var baseTs = slots.Select(s => s * Slot).ToArray();
            var split = PurgedSplit.Make(baseTs, purge * Slot, new() { ValidationShare = validation, TestShare = test });
            var parts = new[] { split.Train, split.Validation, split.Test };
            var all = parts.SelectMany(p => p).ToArray();
            return all.Length == all.Distinct().Count()
                && all.Length + split.Purged == baseTs.Length
                && Apart(baseTs, split.Train, split.Validation, purge * Slot)
                && Apart(baseTs, split.Train, split.Test, purge * Slot)
                && Apart(baseTs, split.Validation, split.Test, purge * Slot);
        });

    [Fact]
    public void An_inner_split_names_rows_of_the_whole()
    {
        var baseTs = Enumerable.Range(0, 20).Select(i => i * Slot).ToArray();
        var inner = PurgedSplit.Inner(baseTs, [10, 11, 12, 13, 14, 15, 16, 17], Slot, 0.25);
        inner.Train.ShouldBe([10, 11, 12, 13, 14, 15]);
        inner.Validation.ShouldBe([16, 17]);
        inner.Test.ShouldBeEmpty();
    }

    [Fact]
    public void One_instant_of_many_symbols_stands_in_one_part()
    {
        var baseTs = Enumerable.Range(0, 30).Select(i => i / 3 * Slot).ToArray();
        var split = PurgedSplit.Make(baseTs, Slot);
        split.Test.Length.ShouldBe(6);
        split.Test.Select(row => baseTs[row]).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void Nothing_splits_into_nothing()
    {
        var split = PurgedSplit.Make([], Slot);
        split.Train.ShouldBeEmpty();
        split.TestFromTs.ShouldBe(long.MaxValue);
    }

    [Theory]
    [InlineData(-0.1, 0.1)]
    [InlineData(0.5, 0.5)]
    [InlineData(double.NaN, 0.1)]
    public void Shares_that_cannot_be_are_refused(double validation, double test) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SplitOptions { ValidationShare = validation, TestShare = test }.Validate());

    private static bool Apart(long[] baseTs, int[] earlier, int[] later, long purgeMs) =>
        earlier.Length == 0 || later.Length == 0
        || earlier.Max(row => baseTs[row]) + Math.Max(purgeMs, 1) <= later.Min(row => baseTs[row]);
}
