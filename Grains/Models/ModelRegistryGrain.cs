using Hts.Events;
using Hts.Forecasts;
using Hts.Objects;
using Hts.Time;
using Microsoft.Extensions.Logging;

namespace Hts.Models;

/// <summary>
/// Moves the pointer and follows it. Promotions, pins and looks at the pointer come one after the other; questions about slots interleave
/// with them, since these wait for object storage.
/// </summary>
internal sealed partial class ModelRegistryGrain(
    EpochHistory history,
    PinFile pins,
    ModelLoader loader,
    ModelCatalogue catalogue,
    IModelMoveStore moves,
    EpochMover mover,
    PointerWatch watch,
    EventLog events,
    MarketClock clock,
    TimeProvider realTime,
    ILogger<ModelRegistryGrain> logger) : Grain, IModelRegistryGrain, IRemindable
{
    private const string Alive = "watch";
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AlivePeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(3);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await watch.Begin(cancellationToken);
        // With nothing to go on with, no answer is not "no model"; else a store that is away must not hold up the slots for long.
        if (mover.Line.Newest is null)
        {
            await watch.Look(cancellationToken);
        }
        else
        {
            using var limit = new CancellationTokenSource(FirstLook, realTime);
            await LookQuietly(limit.Token);
        }
        // Real time whatever the clock's speed: this watches other processes, not the market.
        var period = clock.FromReal(LookPeriod);
        this.RegisterGrainTimer(LookQuietly, new GrainTimerCreationOptions(period, period) { KeepAlive = true });
    }

    public async Task Start() => await this.RegisterOrUpdateReminder(Alive, clock.FromReal(AlivePeriod), clock.FromReal(AlivePeriod));

    // Brings the registry back on another silo when its own has died; its timer does the rest.
    public Task ReceiveReminder(string reminderName, TickStatus status) => LookQuietly(CancellationToken.None);

    public Task<EpochMessage?> Current() => Task.FromResult(mover.Line.Current);

    public Task<RegistryState> State() => Task.FromResult(new RegistryState(mover.Line.Current, watch.Pin, watch.Problem, mover.Line.Newest));

    public Task<EpochMessage?> EpochAt(long baseTs) => mover.At(baseTs);

    public async Task<PromotionReply> Promote(PromotionMessage promotion) => await catalogue.Find(promotion.Version) is { } model
        ? await Move(model, MoveActions.Promote, promotion.Reason, promotion.By, expected: promotion.ExpectedVersion)
        : Unknown(promotion.Version);

    public async Task<PromotionReply> Rollback(string reason, string by)
    {
        if (mover.Line.Newest is not { } serving || mover.Line.Before is not { } before)
            return Refused("There is no earlier model to go back to.");
        return await catalogue.Find(before.Version) is { } model
            ? await Move(model, MoveActions.Rollback, $"rollback from {serving.Version}: {reason}", by)
            : Unknown(before.Version);
    }

    public async Task<PromotionReply> Pin(PromotionMessage pin)
    {
        if (await catalogue.Find(pin.Version) is not { } model)
            return Unknown(pin.Version);
        var reply = await Move(model, MoveActions.Promote, $"pinned: {pin.Reason}", pin.By, pastPin: true);
        if (reply.Epoch is null)
            return reply;
        var next = new PinMessage(pin.Version, pin.By, pin.Reason, clock.NowMs);
        await pins.Write(next, CancellationToken.None);
        watch.Pin = next;
        await mover.Keep(new ModelMoveRow(0, clock.NowMs, MoveActions.Pin, pin.Version, null, pin.By, pin.Reason, null));
        await events.Info("model", null, $"{pin.Version} is pinned, by {pin.By}: {pin.Reason}");
        return reply;
    }

    public async Task<PromotionReply> Unpin(string reason, string by)
    {
        await watch.ReadPin(CancellationToken.None);
        if (watch.Pin is not { } former)
            return Refused("Nothing is pinned.");
        await pins.Remove(CancellationToken.None);
        watch.Pin = null;
        await mover.Keep(new ModelMoveRow(0, clock.NowMs, MoveActions.Unpin, former.Version, null, by, reason, null));
        await events.Info("model", null, $"{former.Version} is no longer pinned, by {by}: {reason}");
        // A pointer that was refused for the pin's sake is looked at anew.
        if (watch.Problem is not null)
            watch.Forget();
        return new PromotionReply(mover.Line.Current, null);
    }

    public async Task Check()
    {
        try
        {
            await mover.Flush();
            await watch.Look(CancellationToken.None);
        }
        finally
        {
            LeaveIfLost();
        }
    }

    private async Task<PromotionReply> Move(ModelRow model, string action, string reason, string by, bool pastPin = false, string? expected = null)
    {
        await watch.ReadPin(CancellationToken.None);
        if (mover.Line.Newest is { } newest && newest.Version == model.Version && watch.Problem is null)
        {
            await catalogue.Crown(newest);
            return new PromotionReply(newest, null);
        }
        if (watch.Pin is { } held && !pastPin)
        {
            await events.Warning("model", null, $"{model.Version} is not promoted: {PointerWatch.Pinned(held)}.");
            return Refused(PointerWatch.Pinned(held));
        }
        var replaced = mover.Line.Newest?.Version ?? PromotionMessage.NoModel;
        if (expected is not null && expected != replaced && model.Version != replaced)
        {
            var why = $"the champion changed meanwhile: {NameOf(replaced)} serves, the comparison was with {NameOf(expected)}";
            await events.Warning("model", null, $"{model.Version} is not promoted: {why}.");
            return Refused(why);
        }
        try
        {
            await loader.Ensure(model.Version, model.Uri, model.Sha256);
            var slot = mover.Line.NextFreeSlot;
            var number = Math.Max(history.NewestNumber, mover.Line.Newest?.Number ?? 0) + 1;
            var epoch = new EpochMessage(number, model.Version, slot, model.Uri, model.Sha256, model.JobName, model.TrainUri, clock.NowMs, reason, by);
            var moved = await mover.Move(slot, () => Store(epoch), action, null);
            watch.Forget();
            return new PromotionReply(moved, null);
        }
        catch (ArtefactRefusedException e)
        {
            await events.Error("model", null, $"{model.Version} is refused: {e.Message}");
            return Refused(e.Message);
        }
        catch (ObjectConflictException)
        {
            return await Overtaken(model);
        }
        finally
        {
            LeaveIfLost();
        }
    }

    private async Task<EpochMessage> Store(EpochMessage epoch)
    {
        // Known before the pointer moves, so that a move cut off by a crash is told from another writer's.
        await moves.Intend(EpochHistory.DigestOf(epoch), CancellationToken.None);
        return await history.Move(epoch, CancellationToken.None);
    }

    // What the pointer says now counts. It may be this very epoch: a store may refuse the repeat of a write whose answer was lost.
    private async Task<PromotionReply> Overtaken(ModelRow model)
    {
        await watch.Look(CancellationToken.None);
        if (mover.Line.Newest is { } moved && moved.Version == model.Version)
            return new PromotionReply(moved, null);
        await events.Error("model", null, $"{model.Version} is not promoted: another writer moved the pointer.");
        return Refused("Another writer moved the pointer; try again.");
    }

    private async Task LookQuietly(CancellationToken cancellation)
    {
        // Promotions wait meanwhile; one look that waits longer than until the next is of no use.
        using var limit = new CancellationTokenSource(clock.FromReal(LookPeriod), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await mover.Flush();
            await watch.Look(either.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Storage that is away or half written to: what serves goes on, the next look may do better.
            LogNotLooked(logger, e, mover.Line.Newest?.Number);
        }
        LeaveIfLost();
    }

    // Whether the pointer moved is not known: the next activation reads it.
    private void LeaveIfLost()
    {
        if (mover.IsLost)
            DeactivateOnIdle();
    }

    private static string NameOf(string version) => version == PromotionMessage.NoModel ? "no model" : version;

    private static PromotionReply Refused(string why) => new(null, why);

    private static PromotionReply Unknown(string version) => new(null, $"There is no model {version}.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pointer to the model could not be looked at; epoch {Epoch} goes on serving")]
    private static partial void LogNotLooked(ILogger logger, Exception cause, long? epoch);
}
