using Hts.Events;
using Hts.Forecasts;
using Hts.Live;
using Hts.Objects;
using Hts.Time;
using Microsoft.Extensions.Logging;

namespace Hts.Models;

/// <summary>
/// Carries out moves that change which model serves: stored first, then part of the line, the history and the catalogue. Questions about
/// slots may be asked meanwhile; only who asks for a slot that the move may be for waits with it. One for each activation of the registry.
/// </summary>
internal sealed partial class EpochMover(
    IModelMoveStore moves, ModelCatalogue catalogue, EventLog events, LivePublisher live, MarketClock clock, Bars.Grid grid, ILogger<EpochMover> logger)
{
    private readonly Queue<ModelMoveRow> unwritten = new();
    private PendingMove? pending;

    public EpochLine Line { get; } = new(clock, grid);

    /// <summary>True once a move ended in a way that nobody can know: only what is stored tells then.</summary>
    public bool IsLost { get; private set; }

    /// <summary>See <see cref="IModelRegistryGrain.EpochAt"/>.</summary>
    public async Task<EpochMessage?> At(long baseTs)
    {
        while (pending is { } move && move.Concerns(baseTs))
            await move.Known;
        return Line.At(baseTs);
    }

    /// <summary>Makes an epoch that starts at a slot which is free until then.</summary>
    /// <param name="slot">First slot; the caller has awaited nothing since the line said that it is free.</param>
    /// <param name="store">Stores it and answers it as it was stored.</param>
    /// <param name="action">One of <see cref="MoveActions"/>.</param>
    /// <param name="pointer">Digest of another writer's pointer that it follows.</param>
    /// <exception cref="ObjectConflictException">It was not stored.</exception>
    /// <exception cref="ArtefactRefusedException">It was not stored.</exception>
    public async Task<EpochMessage> Move(long slot, Func<Task<EpochMessage>> store, string action, string? pointer)
    {
        var move = pending = new PendingMove(slot);
        var isAhead = slot > clock.NowMs;
        EpochMessage epoch;
        try
        {
            epoch = await store();
        }
        catch (Exception e) when (e is ObjectConflictException or ArtefactRefusedException)
        {
            pending = null;
            move.End();
            throw;
        }
        catch
        {
            IsLost = true;
            move.Lose();
            throw;
        }
        // Who asked for a slot that has begun meanwhile may have gone on with the epoch before, tired of waiting.
        if (isAhead && Line.IsPast(slot))
            epoch = epoch with { EffectiveFrom = Line.NextFreeSlot };
        Line.Add(epoch);
        pending = null;
        move.End();
        await Keep(new ModelMoveRow(0, clock.NowMs, action, epoch.Version, epoch, epoch.By, epoch.Reason, pointer));
        await catalogue.Crown(epoch);
        await events.Info(
            "model", null,
            $"{epoch.Version} serves as epoch {epoch.Number} from {Timestamps.Iso(epoch.EffectiveFrom)}, by {epoch.By}: {epoch.Reason}");
        live.Publish(new LiveMessage("model", null, null, null, epoch, null, null));
        return epoch;
    }

    /// <summary>Adds a line to the history. It has happened all the same when it cannot be stored: then it follows later.</summary>
    public async Task Keep(ModelMoveRow row)
    {
        try
        {
            await moves.Write(row, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotWritten(logger, e, row.Action, row.Version);
            unwritten.Enqueue(row);
        }
    }

    /// <summary>Stores the lines that could not be stored before; those that still cannot stay for the next time.</summary>
    public async Task Flush()
    {
        for (var left = unwritten.Count; left > 0; left--)
            await Keep(unwritten.Dequeue());
    }
}
