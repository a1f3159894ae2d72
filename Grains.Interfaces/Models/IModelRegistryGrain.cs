using Orleans.Concurrency;

namespace Hts.Models;

/// <summary>
/// Moves the pointer to the serving model, follows it when somebody else moves it, and keeps the pin; key 0. While a pin stands,
/// promotions, rollbacks and other writers' pointers are refused with it as the reason; only another pin moves on.
/// </summary>
[Alias("hts.model-registry")]
public interface IModelRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Sets the reminder that looks for changes by others. Safe to repeat.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>The epoch in force now, or the first one to come; null when no model was ever promoted.</summary>
    [AlwaysInterleave, Alias("current")]
    Task<EpochMessage?> Current();

    /// <summary><see cref="Current"/> with what holds it.</summary>
    [AlwaysInterleave, Alias("state")]
    Task<RegistryState> State();

    /// <summary>
    /// The epoch that serves a slot; null when none does. Once answered it stands: later promotions take effect after that slot.
    /// </summary>
    [AlwaysInterleave, Alias("epoch-at")]
    Task<EpochMessage?> EpochAt(long baseTs);

    /// <summary>Promotes a stored version from the next free slot on; a success also when it is the newest one already.</summary>
    [Alias("promote")]
    Task<PromotionReply> Promote(PromotionMessage promotion);

    /// <summary>Promotes the version that served before the current one first did: each repeat goes one further back.</summary>
    [Alias("rollback-by")]
    Task<PromotionReply> Rollback(string reason, string by);

    /// <summary>Holds a stored version in its place, promoting it first when another one serves. A pin that stands is replaced.</summary>
    [Alias("pin")]
    Task<PromotionReply> Pin(PromotionMessage pin);

    /// <summary>Takes the pin away; refused when there is none.</summary>
    [Alias("unpin")]
    Task<PromotionReply> Unpin(string reason, string by);

    /// <summary>Looks now whether somebody else changed the pointer, and takes or refuses what it says.</summary>
    [Alias("check")]
    Task Check();
}
