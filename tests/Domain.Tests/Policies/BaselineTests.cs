using CsCheck;
using Hts.Policies;

namespace Hts.Tests.Policies;

public sealed class BaselineTests
{
    [Fact]
    public void Cash_earns_nothing() => Play(new CashPolicy(), [1, 2], [3, 4]).ShouldBe([0, 0]);

    [Fact]
    public void Follow_the_leader_runs_what_was_best_before() =>
        // Totals before each slot: (0, 0), (−1, 1), (2, 0), so it runs 0, 1, 0.
        Play(new FollowTheLeaderPolicy(2, withCash: false), [-1, 1], [3, -1], [5, 7]).ShouldBe([-1, -1, 5]);

    [Fact]
    public void Follow_the_leader_with_cash_waits_for_a_gain() =>
        Play(new FollowTheLeaderPolicy(2, withCash: true), [-1, -2], [2, 0], [5, 7]).ShouldBe([0, 0, 5]);

    [Fact]
    public void Best_fixed_waits_and_then_never_changes()
    {
        var policy = new BestFixedPolicy(2, learningSlots: 2);
        Play(policy, [1, 0], [1, 0], [-5, 1], [-5, 1]).ShouldBe([0, 0, -5, -5]);
        policy.InHindsight.ShouldBe((1, 0.5));
    }

    [Fact]
    public void Ada_hedge_starts_even_and_moves_to_what_pays()
    {
        // Losses −1 and +1, cash 0: the first slot is spread over three, then all weight sits on the gainer (one mix-loss gap of 1).
        var policy = new AdaHedgePolicy(2);
        var weights = new double[2];
        policy.Weigh(weights);
        weights.ShouldBe([1.0 / 3, 1.0 / 3]);
        policy.Observe([1, -1]);
        policy.Weigh(weights);
        // h = 0, m = −1, so Δ = 1, η = ln 3, L = (−1, 1, 0): w ∝ (1, 1/9, 1/3).
        weights[0].ShouldBe(9.0 / 13, 1e-12);
        weights[1].ShouldBe(1.0 / 13, 1e-12);
    }

    [Fact]
    public void Ada_hedge_ends_in_cash_when_all_lose()
    {
        var policy = new AdaHedgePolicy(2);
        var weights = new double[2];
        for (var i = 0; i < 500; i++)
        {
            policy.Weigh(weights);
            policy.Observe([-1e-3, -2e-3]);
        }

        weights.Sum().ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void Random_repeats_with_its_seed_and_uses_every_strategy()
    {
        var first = Choices(seed: 5);
        first.ShouldBe(Choices(seed: 5));
        first.ShouldNotBe(Choices(seed: 6));
        for (var s = 0; s < 6; s++)
            first.Count(c => c == s).ShouldBeInRange(120, 220);
    }

    [Fact]
    public void No_baseline_sees_the_slot_it_plays() =>
        Gen.Select(Gen.Double[-0.01, 0.01].Array[3].Array[1, 40], Gen.Double[-0.01, 0.01].Array[3]).Sample((past, other) =>
        {
            // Whatever the last slot brings, the weights taken into it are the same.
            var changed = past.ToArray();
            changed[^1] = other;
            return Baselines.For(3, 1).Zip(Baselines.For(3, 1)).All(pair =>
                LastWeights(pair.First, past, past[^1]) == LastWeights(pair.Second, changed, past[^1]));
        });

    [Fact]
    public void Weights_are_shares_whatever_happened() =>
        Gen.Double[-0.5, 0.5].Array[4].Array[0, 60].Sample(slots =>
        {
            var weights = new double[4];
            foreach (var policy in new ISlotPolicy[] { new AdaHedgePolicy(4), new FollowTheLeaderPolicy(4, true), new RandomPolicy(3) })
            {
                foreach (var slot in slots)
                    policy.Observe(slot);
                policy.Weigh(weights);
                if (weights.Any(w => !(w is >= 0 and <= 1)) || weights.Sum() > 1 + 1e-12)
                    return false;
            }

            return true;
        });

    [Fact]
    public void An_unsettled_slot_is_refused() =>
        Should.Throw<ArgumentException>(() => new PolicyRun(new CashPolicy(), 1).Play([double.NaN]));

    [Fact]
    public void The_names_on_a_scorecard_are_distinct() =>
        Baselines.For(6, 1).Select(run => run.Name).ShouldBe(
            ["cash", "best fixed", "follow the leader", "follow the leader or cash", "AdaHedge with cash", "random"]);

    // The return that the weights taken into the last slot would have had there on given outcomes tells those weights apart.
    private static double LastWeights(PolicyRun run, double[][] slots, double[] probe)
    {
        foreach (var slot in slots[..^1])
            run.Play(slot);
        return run.Play(probe);
    }

    private static double[] Play(ISlotPolicy policy, params double[][] slots)
    {
        var run = new PolicyRun(policy, slots[0].Length);
        var earned = slots.Select(slot => run.Play(slot)).ToArray();
        run.MeanNet!.Value.ShouldBe(earned.Average(), 1e-12);
        return earned;
    }

    private static int[] Choices(ulong seed)
    {
        var policy = new RandomPolicy(seed);
        var weights = new double[6];
        return [.. Enumerable.Range(0, 1000).Select(_ =>
        {
            policy.Weigh(weights);
            policy.Observe(weights);
            return Array.IndexOf(weights, 1);
        })];
    }
}
