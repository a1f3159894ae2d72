using Orleans.Concurrency;

namespace Hts.Models;

/// <summary>The only writer of the pointer to the serving model; key 0.</summary>
[Alias("hts.model-registry")]
public interface IModelRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>The epoch in force now, or the first one to come; null when no model was ever promoted.</summary>
    [AlwaysInterleave, Alias("current")]
    Task<EpochMessage?> Current();

    /// <summary>
    /// The epoch that serves a slot; null when none does. Once answered it stands: later promotions take effect after that slot.
    /// </summary>
    [Alias("epoch-at")]
    Task<EpochMessage?> EpochAt(long baseTs);

    /// <summary>Promotes a stored version from the next free slot on.</summary>
    [Alias("promote")]
    Task<PromotionReply> Promote(PromotionMessage promotion);

    /// <summary>Promotes the version that served before the current one.</summary>
    [Alias("rollback")]
    Task<PromotionReply> Rollback(string reason);
}
