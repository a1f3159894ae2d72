using Hts.Models;

namespace Hts.Tests.Cluster;

public sealed class FakeRegistryGrain(FakeWorld world) : Grain, IModelRegistryGrain
{
    public Task<EpochMessage?> Current() => Task.FromResult(world.Epoch);

    public Task<EpochMessage?> EpochAt(long baseTs) => Task.FromResult(world.Epoch);

    public Task<PromotionReply> Promote(PromotionMessage promotion) => Reply(promotion.Version, promotion.Reason);

    public Task<PromotionReply> Rollback(string reason) => Reply("v0", reason);

    private Task<PromotionReply> Reply(string version, string reason) => Task.FromResult(
        world.PromotionRefusal is { } refusal
            ? new PromotionReply(null, refusal)
            : new PromotionReply(new EpochMessage(8, version, FakeWorld.Slot + 600_000, "file:///m", "00ff", "job", "file:///t", FakeWorld.Now, reason), null));
}
