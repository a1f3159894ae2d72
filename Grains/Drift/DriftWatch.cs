using Hts.Events;
using Hts.Features;
using Hts.Ledgers;
using Hts.Objects;
using Hts.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Drift;

/// <summary>
/// One per silo: watches the features that its symbols are predicted on and the errors of what was predicted. An alarm goes to the status
/// log, each day's verdict to the metrics. Days that are over are kept in object storage and read again at a start. Known limits: the
/// day of a restart is left out, and where several silos run each judges the day of its own symbols.
/// </summary>
public sealed partial class DriftWatch : IHostedService
{
    private readonly FeatureSchema schema;
    private readonly EventLog events;
    private readonly DriftArchive archive;
    private readonly ILogger<DriftWatch> logger;
    private readonly int kept;
    private readonly Watched features;
    private readonly Watched errors;
    private readonly string silo = Guid.NewGuid().ToString("N");
    private Task restored = Task.CompletedTask;

    public DriftWatch(FeatureSchema schema, EventLog events, IObjectStore objects, IOptions<DriftOptions> options, ILogger<DriftWatch> logger)
    {
        this.schema = schema;
        this.events = events;
        this.logger = logger;
        archive = new DriftArchive(objects);
        kept = options.Value.ReferenceDays;
        features = new("features", schema.Hash, new DriftMonitor(schema.Prices.Count, options.Value), schema.Prices.Count, channel => schema.Names[schema.Prices.Offset + channel]);
        errors = new("errors", schema.Strategies.Hash, new DriftMonitor(schema.Strategies.Count, options.Value), schema.Strategies.Count, channel => schema.Strategies.Names[channel]);
    }

    /// <summary>Done when the days of earlier processes are read, or cannot be.</summary>
    public Task Restored => restored;

    /// <summary>Begins to read the days of earlier processes; no tick waits for them.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        restored = Task.WhenAll(Restore(features), Restore(errors));
        return Task.CompletedTask;
    }

    /// <summary>Waits for the days that are being kept.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(restored, features.Keeping, errors.Keeping).WaitAsync(cancellationToken);

    /// <summary>Counts the features of a prediction: those of prices, which are in σ units.</summary>
    /// <param name="row">The full row.</param>
    public Task Predicted(string symbol, long baseTs, ReadOnlySpan<float> row) => Add(features, symbol, baseTs, schema.Prices.Of(row));

    /// <summary>Counts the errors of a prediction in σ of its slot; one that was none is left out.</summary>
    public Task Settled(LedgerRow row, double[] outcomePct)
    {
        if (row.PredictedPct is not { } predicted || row.SigmaSlot is not { } sigma)
            return Task.CompletedTask;
        var missed = new float[schema.Strategies.Count];
        for (var s = 0; s < missed.Length; s++)
            missed[s] = (float)((outcomePct[s] - predicted[s]) / 100 / sigma);
        return Add(errors, row.Symbol, row.BaseTs, missed);
    }

    private Task Add(Watched watched, string symbol, long baseTs, ReadOnlySpan<float> values)
    {
        DriftVerdict? verdict;
        DriftDay[] over = [];
        lock (watched.Monitor)
        {
            verdict = watched.Monitor.Add(symbol, baseTs, values);
            if (verdict is not null)
                over = watched.TakeOver();
        }
        return verdict is null ? Task.CompletedTask : Close(watched, verdict, over);
    }

    private async Task Close(Watched watched, DriftVerdict verdict, DriftDay[] over)
    {
        // Once a day, and nobody waits for it: a store that is away must not hold up a settlement.
        lock (watched.Monitor)
            watched.Keeping = Task.WhenAll(watched.Keeping, Keep(watched, over));
        DriftInstruments.Record(watched.Name, verdict);
        if (!verdict.Alarm)
            return;
        var channel = watched.NameOf(verdict.Channel);
        await events.Warning("drift", null, FormattableString.Invariant(
            $"The {watched.Name} of {Timestamps.Iso(verdict.DayTs)[..10]} are not like those of {verdict.Days} days before: {channel} lies {verdict.Strangeness:0.0} times as far off as usual (p {verdict.PValue:0.000}), {verdict.Symbol} the most."));
        await events.Warning("drift", verdict.Symbol, FormattableString.Invariant(
            $"Of all symbols this one's {channel} lay farthest from the others' when the {watched.Name} of {Timestamps.Iso(verdict.DayTs)[..10]} raised an alarm."));
    }

    private async Task Keep(Watched watched, DriftDay[] over)
    {
        await watched.Turn.WaitAsync();
        try
        {
            foreach (var day in over)
                watched.Learn(await archive.Add(watched.Name, watched.Channels, day, $"{silo}-{day.DayTs}", kept, CancellationToken.None));
        }
        catch (Exception e) when (e is ObjectStoreException or ObjectConflictException)
        {
            LogNotKept(logger, e, watched.Name);
        }
        finally
        {
            watched.Turn.Release();
        }
    }

    private async Task Restore(Watched watched)
    {
        try
        {
            watched.Learn(await archive.Read(watched.Name, watched.Channels, watched.Count, CancellationToken.None));
        }
        catch (ObjectStoreException e)
        {
            LogNotRead(logger, e, watched.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The day's {Watched} are not kept for drift: a restart forgets them")]
    private static partial void LogNotKept(ILogger logger, Exception cause, string watched);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Earlier days' {Watched} could not be read for drift; the next day's end tries again")]
    private static partial void LogNotRead(ILogger logger, Exception cause, string watched);

    private sealed class Watched(string name, string channels, DriftMonitor monitor, int count, Func<int, string> nameOf)
    {
        private long takenTo = long.MinValue;

        public string Name => name;

        public string Channels => channels;

        public DriftMonitor Monitor => monitor;

        public int Count => count;

        /// <summary>One day is kept at a time.</summary>
        public SemaphoreSlim Turn { get; } = new(1, 1);

        /// <summary>Done when all that is to be kept is kept, or cannot be.</summary>
        public Task Keeping { get; set; } = Task.CompletedTask;

        public string NameOf(int channel) => nameOf(channel);

        /// <summary>Days that came to be over since it was last asked.</summary>
        public DriftDay[] TakeOver()
        {
            DriftDay[] over = [.. monitor.Reference.Where(day => day.DayTs > takenTo)];
            takenTo = monitor.Reference[^1].DayTs;
            return over;
        }

        public void Learn(IReadOnlyList<DriftDay> days)
        {
            lock (monitor)
            {
                monitor.Learn(days);
                if (days.Count > 0)
                    takenTo = Math.Max(takenTo, days[^1].DayTs);
            }
        }
    }
}
