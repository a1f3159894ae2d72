using Hts.Exchange.Faults;

namespace Hts.Tests.Exchange;

public sealed class FaultPlanTests
{
    [Fact]
    public void The_same_seed_draws_the_same_faults_whatever_is_asked_before()
    {
        var first = Drawn(new FaultPlan(Options(4)), Enumerable.Range(1, 2_000));
        var backwards = Drawn(new FaultPlan(Options(4)), Enumerable.Range(1, 2_000).Reverse());
        backwards.Order().ShouldBe(first);
        Drawn(new FaultPlan(Options(5)), Enumerable.Range(1, 2_000)).ShouldNotBe(first);
    }

    [Fact]
    public void Kinds_and_symbols_are_drawn_apart()
    {
        var options = Options(1);
        options[FaultKind.Late] = 0.1;
        var plan = new FaultPlan(options);
        var late = Enumerable.Range(1, 20_000).Where(id => plan.Hits(FaultKind.Late, "AAA", id)).ToHashSet();
        var other = Enumerable.Range(1, 20_000).Where(id => plan.Hits(FaultKind.Lost, "BBB", id)).ToHashSet();
        var lost = Drawn(plan, Enumerable.Range(1, 20_000));

        lost.Count(late.Contains).ShouldBeInRange(120, 280);
        lost.Count(other.Contains).ShouldBeInRange(120, 280);
    }

    private static FaultOptions Options(long seed) => new() { Seed = seed, [FaultKind.Lost] = 0.1 };

    private static List<int> Drawn(FaultPlan plan, IEnumerable<int> ids) => [.. ids.Where(id => plan.Hits(FaultKind.Lost, "AAA", id))];
}
