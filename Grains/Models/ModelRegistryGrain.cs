using Hts.Bars;
using Hts.Events;
using Hts.Forecasts;
using Hts.Live;
using Hts.Objects;
using Hts.Time;

namespace Hts.Models;

/// <summary>
/// Moves the pointer. An epoch starts at a slot that nobody has asked for yet, with a lead that outlives a crash of this grain, so
/// that all silos switch at the same slot.
/// </summary>
internal sealed class ModelRegistryGrain(
    EpochHistory history,
    ModelLoader loader,
    IModelStore models,
    EventLog events,
    LivePublisher live,
    MarketClock clock,
    Grid grid) : Grain, IModelRegistryGrain
{
    private const long LeadMs = 5_000;
    private const int Remembered = 8;

    // Newest first.
    private readonly List<EpochMessage> epochs = [];
    private long answeredUpTo = long.MinValue;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => ReadPointer(cancellationToken);

    private async Task ReadPointer(CancellationToken cancellationToken)
    {
        epochs.Clear();
        var epoch = await history.ReadLatest(cancellationToken);
        while (epoch is not null && epochs.Count < Remembered)
        {
            epochs.Add(epoch);
            epoch = await history.Read(epoch.Number - 1, cancellationToken);
        }
        // A crash may have come between the move of the pointer and the catalogue.
        if (epochs.FirstOrDefault() is { } newest)
            await Catalogue(newest);
    }

    public Task<EpochMessage?> Current()
    {
        var now = clock.NowMs;
        return Task.FromResult(epochs.Find(e => e.EffectiveFrom <= now) ?? epochs.LastOrDefault());
    }

    public Task<EpochMessage?> EpochAt(long baseTs)
    {
        answeredUpTo = Math.Max(answeredUpTo, baseTs);
        return Task.FromResult(epochs.Find(e => e.EffectiveFrom <= baseTs));
    }

    public async Task<PromotionReply> Promote(PromotionMessage promotion)
    {
        var model = await models.Find(promotion.Version, CancellationToken.None);
        return model is null
            ? new PromotionReply(null, $"There is no model {promotion.Version}.")
            : await Promote(model, promotion.Reason);
    }

    public async Task<PromotionReply> Rollback(string reason)
    {
        var serving = epochs.FirstOrDefault();
        var before = epochs.Find(e => e.Version != serving?.Version);
        if (serving is null || before is null)
            return new PromotionReply(null, "There is no earlier model to go back to.");
        return await Promote(new PromotionMessage(before.Version, $"rollback from {serving.Version}: {reason}"));
    }

    private async Task<PromotionReply> Promote(ModelRow model, string reason)
    {
        if (epochs.FirstOrDefault() is { } newest && newest.Version == model.Version)
        {
            await Catalogue(newest);
            return new PromotionReply(newest, null);
        }
        var earliest = Math.Max(clock.NowMs + LeadMs, answeredUpTo + 1);
        var epoch = new EpochMessage(
            (epochs.FirstOrDefault()?.Number ?? 0) + 1, model.Version, grid.SlotAtOrAfter(earliest), model.Uri, model.Sha256,
            model.JobName, model.TrainUri, clock.NowMs, reason);
        try
        {
            await loader.Ensure(epoch);
            await history.Move(epoch, CancellationToken.None);
        }
        catch (ArtefactRefusedException e)
        {
            await events.Error("model", null, $"{model.Version} is refused: {e.Message}");
            return new PromotionReply(null, e.Message);
        }
        catch (ObjectConflictException)
        {
            // What the pointer says now counts. It may be this very epoch: a store may refuse the repeat of a write whose answer was lost.
            await ReadPointer(CancellationToken.None);
            if (epochs.FirstOrDefault() is { } moved && moved.Version == model.Version)
                return new PromotionReply(moved, null);
            await events.Error("model", null, $"{model.Version} is not promoted: another writer moved the pointer.");
            return new PromotionReply(null, "Another writer moved the pointer; try again.");
        }
        catch
        {
            // Whether the pointer moved is not known: the next activation reads it.
            DeactivateOnIdle();
            throw;
        }
        epochs.Insert(0, epoch);
        if (epochs.Count > Remembered)
            epochs.RemoveAt(Remembered);
        await Catalogue(epoch);
        await events.Info(
            "model", null,
            $"{epoch.Version} serves as epoch {epoch.Number} from {Timestamps.Iso(epoch.EffectiveFrom)}: {epoch.Reason}");
        live.Publish(new LiveMessage("model", null, null, null, epoch, null, null));
        return new PromotionReply(epoch, null);
    }

    private async Task Catalogue(EpochMessage epoch)
    {
        foreach (var row in await models.List(int.MaxValue, CancellationToken.None))
        {
            if (row.Version == epoch.Version && (row.State != "champion" || row.Epoch != epoch.Number))
                await models.Write(
                    row with { State = "champion", Epoch = epoch.Number, EffectiveFrom = epoch.EffectiveFrom, Reason = epoch.Reason },
                    CancellationToken.None);
            else if (row.State == "champion" && row.Version != epoch.Version)
                await models.Write(row with { State = "retired" }, CancellationToken.None);
        }
    }
}
