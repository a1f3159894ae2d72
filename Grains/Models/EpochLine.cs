using Hts.Bars;
using Hts.Time;

namespace Hts.Models;

/// <summary>
/// The epochs of this cluster, newest first, and what was answered about them. An epoch starts at a slot that nobody has asked for yet,
/// with a lead that outlives a crash of whoever keeps the line, so that all silos switch at the same slot.
/// </summary>
internal sealed class EpochLine(MarketClock clock, Grid grid)
{
    /// <summary>Epochs that are remembered. Going back adds one each time, so that half as many models can be gone back by.</summary>
    public const int Length = 24;

    private const long LeadMs = 5_000;

    /// <summary>Slots beyond the next free one that another registry may ask for: switches further off are not waited for.</summary>
    private const int MostSlotsAhead = 10;

    private readonly List<EpochMessage> epochs = [];
    private long answeredUpTo = long.MinValue;

    public EpochMessage? Newest => epochs.Count > 0 ? epochs[0] : null;

    public IReadOnlyList<EpochMessage> All => epochs;

    /// <summary>In force now, or the first one to come.</summary>
    public EpochMessage? Current
    {
        get
        {
            var now = clock.NowMs;
            return epochs.Find(e => e.EffectiveFrom <= now) ?? (epochs.Count > 0 ? epochs[^1] : null);
        }
    }

    /// <summary>The epoch before the newest one's version first served: once gone back, not the one that was left for it. Null when there is none.</summary>
    public EpochMessage? Before => epochs.Count == 0 ? null : epochs.ElementAtOrDefault(epochs.FindLastIndex(e => e.Version == epochs[0].Version) + 1);

    /// <summary>The first slot that no answer has been given for.</summary>
    public long NextFreeSlot => grid.SlotAtOrAfter(Math.Max(clock.NowMs + LeadMs, answeredUpTo + 1));

    /// <summary>The epoch of a slot. The answer stands from now on.</summary>
    public EpochMessage? At(long baseTs)
    {
        answeredUpTo = Math.Max(answeredUpTo, baseTs);
        return epochs.Find(e => e.EffectiveFrom <= baseTs);
    }

    /// <summary>Adds an epoch that has been stored with its slot.</summary>
    public void Add(EpochMessage epoch)
    {
        epochs.Insert(0, epoch);
        if (epochs.Count > Length)
            epochs.RemoveAt(Length);
    }

    /// <summary>Begins with epochs from before, newest first.</summary>
    public void Begin(IEnumerable<EpochMessage> before)
    {
        epochs.Clear();
        epochs.AddRange(before.Take(Length));
    }

    /// <summary>The slot itself while no answer was given for it, else the next free one.</summary>
    public long FreeAt(long slot) => slot > answeredUpTo ? slot : NextFreeSlot;

    /// <summary>True when a slot has begun while an epoch served: it may have been predicted with that one, whether it was asked for or not.</summary>
    public bool IsPast(long slot) => epochs.Count > 0 && slot <= clock.NowMs;

    /// <summary>The slot from which this cluster can follow an epoch: the one it asks for, where that is still free and not far off.</summary>
    public long Follow(long effectiveFrom)
    {
        var free = NextFreeSlot;
        return effectiveFrom >= free && effectiveFrom <= free + (MostSlotsAhead * grid.SlotMs) ? effectiveFrom : free;
    }
}
