using Hts.Proofs;

namespace Hts.Tests.Proofs;

/// <summary>The proofs in little: the whole of them runs by command.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task What_is_planted_is_found_and_promoted()
    {
        var report = await new PlantedProof(new() { Seeds = 1, Slots = 500, TestSlots = 864, Foresight = 0.4, GateDays = 2, Embeddings = false }).Run(_ => { }, CancellationToken.None);

        report.Lines.Count.ShouldBe(2);
        report.Passed.ShouldBeTrue(string.Join('\n', report.Lines));
    }

    [Fact]
    public async Task Where_there_is_nothing_nothing_is_claimed()
    {
        var report = await new NullProof(new() { Seeds = 1, Slots = 300, TestSlots = 432, GateDays = 2, Embeddings = false }).Run(_ => { }, CancellationToken.None);

        report.Passed.ShouldBeTrue(string.Join('\n', report.Lines));
    }

    [Fact]
    public async Task A_leak_of_one_bar_is_found_in_the_first_training()
    {
        var report = await new LeakProof(new() { Slots = 80, Members = ["cond"] }).Run(_ => { }, CancellationToken.None);

        report.Passed.ShouldBeTrue(string.Join('\n', report.Lines));
        report.Lines[0].ShouldContain("sampled rows differ");
    }
}
