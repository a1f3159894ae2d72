using Hts.Events;
using Hts.Forecasts;
using Hts.Time;

namespace Hts.Models;

/// <summary>
/// Looks at the pointer and the pin and follows what others do to them: an artefact that is sound serves from the next free slot on,
/// anything else is refused and told once. One for each activation of the registry.
/// </summary>
internal sealed class PointerWatch(
    EpochHistory history, PinFile pins, ModelLoader loader, ForeignModels foreign, ModelCatalogue catalogue, IModelMoveStore moves, EpochMover mover,
    EventLog events, MarketClock clock)
{
    // Digest of the pointer that was followed or refused last.
    private string? seen;

    // The refusal that was told last, also by an earlier activation: the same one is not told again.
    private (string? Digest, string? Reason) told;

    // The pin that a pointer was refused for.
    private PinMessage? obeyed;

    /// <summary>As it was read last; null while nothing is pinned.</summary>
    public PinMessage? Pin { get; set; }

    /// <summary>Why the pointer is not followed; null while it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Begins with what this cluster followed and refused before.</summary>
    public async Task Begin(CancellationToken cancellation)
    {
        mover.Line.Begin((await moves.Epochs(EpochLine.Length, cancellation)).Where(e => loader.CanReach(e.Uri)));
        if (await moves.FindLast(cancellation) is { Action: MoveActions.Refuse } refused)
        {
            // Not taken for seen: what stood against it may be gone by now.
            told = (refused.Pointer, refused.Reason);
            Problem = refused.Reason;
        }
    }

    /// <summary>Forgets what was followed or refused, so that the next look takes it for new.</summary>
    public void Forget() => (seen, Problem, told, obeyed) = (null, null, default, null);

    public async Task ReadPin(CancellationToken cancellation) => Pin = await pins.Read(cancellation);

    /// <param name="cancellation">Bounds the reads; what is found is followed to its end.</param>
    /// <exception cref="Objects.ObjectStoreException">The store does not answer.</exception>
    public async Task Look(CancellationToken cancellation)
    {
        await ReadPin(cancellation);
        if (obeyed is not null && obeyed != Pin)
            Forget();
        var pointer = await history.ReadPointer(cancellation);
        if (pointer.Digest == seen)
            return;
        if (pointer.Digest != PointerContent.Absent)
            await Follow(pointer);
        else if (mover.Line.Newest is null)
            seen = pointer.Digest;
        else
            await Refuse(pointer, pointer.Problem!);
    }

    private async Task Follow(PointerContent pointer)
    {
        var made = await history.FindMade(pointer, CancellationToken.None);
        var isFirst = mover.Line.Newest is null;
        if (isFirst)
            await Inherit(made);
        if (made is not null && made.Number == mover.Line.Newest?.Number)
            await catalogue.Crown(mover.Line.Newest);
        else if (pointer.Native is { } native && pointer.Digest == await moves.Intended(CancellationToken.None))
            await Finish(native.ToEpoch(), pointer);
        else if (Pin is { } held && made?.Version != held.Version)
        {
            await Refuse(pointer, Pinned(held));
            obeyed = held;
            return;
        }
        else if (!await TryTake(made, pointer, isFirst))
            return;
        Forget();
        seen = pointer.Digest;
    }

    // A cluster without memory, on a store with a past: that past is its own from now on. Nothing was answered from it yet.
    private async Task Inherit(EpochMessage? made)
    {
        List<EpochMessage> past = [];
        for (var number = history.NewestNumber; number > 0 && past.Count < EpochLine.Length; number--)
        {
            if (number != made?.Number && await history.Read(number, CancellationToken.None) is { } epoch && loader.CanReach(epoch.Uri))
                past.Add(epoch);
        }
        mover.Line.Begin(past);
        foreach (var epoch in Enumerable.Reverse(past))
            await mover.Keep(new ModelMoveRow(0, epoch.UpdatedAt, MoveActions.Promote, epoch.Version, epoch, epoch.By, epoch.Reason, null));
    }

    // Our own move, cut off before anybody was told of it.
    private Task Finish(EpochMessage epoch, PointerContent pointer)
    {
        var line = mover.Line;
        var slot = line.IsPast(epoch.EffectiveFrom) ? line.NextFreeSlot : line.FreeAt(epoch.EffectiveFrom);
        return mover.Move(
            slot, async () => await history.Record(epoch, pointer, CancellationToken.None) with { EffectiveFrom = slot }, MoveActions.Promote, null);
    }

    private async Task<bool> TryTake(EpochMessage? made, PointerContent pointer, bool isFirst)
    {
        try
        {
            var epoch = await foreign.Examine(pointer, clock.NowMs);
            var line = mover.Line;
            foreach (var kept in line.All)
                await history.Restore(kept, CancellationToken.None);
            // A cluster that has answered nothing yet takes over from the slot that is written.
            var slot = made is not null && isFirst ? line.FreeAt(made.EffectiveFrom) : line.Follow(pointer.Native?.EffectiveFrom.ToUnixTimeMilliseconds() ?? 0);
            var number = Math.Max(made?.Number ?? history.NewestNumber + 1, (line.Newest?.Number ?? 0) + 1);
            await mover.Move(slot, () => Record(epoch with { Number = number, EffectiveFrom = slot }, pointer), MoveActions.Take, pointer.Digest);
            return true;
        }
        catch (ArtefactRefusedException e)
        {
            await Refuse(pointer, e.Message);
            return false;
        }
    }

    private async Task<EpochMessage> Record(EpochMessage epoch, PointerContent pointer)
    {
        var standing = await history.Record(epoch, pointer, CancellationToken.None);
        // Another registry may have recorded it first, under a name of its own.
        await loader.Ensure(standing);
        return standing with { EffectiveFrom = epoch.EffectiveFrom, By = epoch.By, Reason = epoch.Reason };
    }

    private async Task Refuse(PointerContent pointer, string why)
    {
        why = ForeignText.Clean(why);
        (seen, Problem) = (pointer.Digest, why);
        if (told == (seen, Problem))
            return;
        told = (seen, Problem);
        var version = pointer.Foreign?.Version ?? pointer.Foreign?.Uri;
        await mover.Keep(new ModelMoveRow(0, clock.NowMs, MoveActions.Refuse, version, null, Movers.AnotherWriter, why, pointer.Digest));
        await events.Error(
            "model", null, $"A change of the pointer by another writer is refused: {why.TrimEnd('.')}. {mover.Line.Newest?.Version ?? "No model"} goes on serving.");
    }

    /// <summary>The pin as a reason to refuse.</summary>
    public static string Pinned(PinMessage pin) => $"pinned to {pin.Version} by {pin.By} ({pin.Reason})";
}
