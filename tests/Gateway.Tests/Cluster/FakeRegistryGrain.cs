using Hts.Models;

namespace Hts.Tests.Cluster;

public sealed class FakeRegistryGrain(FakeWorld world) : Grain, IModelRegistryGrain
{
    public Task<EpochMessage?> Current() => Task.FromResult(world.Epoch);

    public Task<RegistryState> State() => Task.FromResult(new RegistryState(world.Epoch, world.Pin, world.PointerProblem));

    public Task Start() => Task.CompletedTask;

    public Task Check() => Task.CompletedTask;

    public Task<EpochMessage?> EpochAt(long baseTs) => Task.FromResult(world.Epoch);

    public Task<PromotionReply> Promote(PromotionMessage promotion) => Reply(promotion.Version, promotion.Reason, promotion.By);

    public Task<PromotionReply> Rollback(string reason, string by) => Reply("v0", reason, by);

    public Task<PromotionReply> Pin(PromotionMessage pin)
    {
        world.Pin = new PinMessage(pin.Version, pin.By, pin.Reason, FakeWorld.Now);
        return Reply(pin.Version, pin.Reason, pin.By);
    }

    public Task<PromotionReply> Unpin(string reason, string by)
    {
        world.Pin = null;
        return Reply("v0", reason, by);
    }

    private Task<PromotionReply> Reply(string version, string reason, string by) => Task.FromResult(
        world.PromotionRefusal is { } refusal
            ? new PromotionReply(null, refusal)
            : new PromotionReply(new EpochMessage(8, version, FakeWorld.Slot + 600_000, "file:///m", "00ff", "job", "file:///t", FakeWorld.Now, reason, by), null));
}
