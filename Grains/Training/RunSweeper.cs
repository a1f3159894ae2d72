using System.Text.Json;
using Hts.Events;
using Hts.Models;
using Hts.Objects;
using Hts.Predictions;
using Hts.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>
/// Drops old data sets and models from object storage: of runs in our own history alone, and never the champion, those that served
/// before it, the anchor, the newest model of each kind and recipe, what these were trained on, the data set that train/latest.json
/// names, or what was written of late.
/// </summary>
internal sealed partial class RunSweeper(
    ITrainingRunStore runs, IModelStore models, IObjectStore objects, ObjectLayout layout, EventLog events, MarketClock clock,
    TimeProvider realTime, IOptions<RunRetentionOptions> options, ILogger<RunSweeper> logger)
{
    private readonly RunRetentionOptions options = options.Value;

    /// <summary>Looks once. A store that does not answer is told in the log: the next run's end looks again.</summary>
    public async Task Sweep(CancellationToken cancellation)
    {
        try
        {
            var own = (await runs.List(int.MaxValue, cancellation)).Select(r => r.RunTs).ToHashSet();
            if (own.Count == 0)
                return;
            var kept = Kept(await models.List(int.MaxValue, cancellation));
            var dataSets = options.DataSetDays == 0 ? 0 : await Drop(await OldDataSets(own, kept, cancellation), cancellation);
            var artefacts = options.ModelDays == 0 ? 0 : await Drop(OldModels(own, kept, cancellation), cancellation);
            if (dataSets + artefacts > 0)
                await events.Info("training", null, $"{dataSets} old objects of data sets and {artefacts} of models were dropped from object storage.");
        }
        catch (Exception e) when (e is ObjectStoreException or JsonException)
        {
            // What a pointer that cannot be read names is not known; the next data set writes it anew.
            LogNotSwept(logger, e);
        }
    }

    private async Task<IAsyncEnumerable<ObjectInfo>> OldDataSets(HashSet<long> own, List<ModelRow> kept, CancellationToken cancellation)
    {
        var old = own.Where(ts => IsOlder(ts, options.DataSetDays)).Select(Timestamps.Iso).Select(layout.DataSet).ToHashSet();
        old.ExceptWith(kept.Select(m => KeyOf(m.TrainUri)));
        old.Remove(KeyOf(await Named(cancellation)));
        return objects.List($"{layout.TrainPrefix}/run_ts=", cancellation).Where(o => old.Contains(o.Key));
    }

    /// <summary>The address that train/latest.json names; empty when it names none.</summary>
    private async Task<string> Named(CancellationToken cancellation)
    {
        if (await objects.Get(layout.TrainPointer, cancellation) is not { } pointer)
            return "";
        using var content = JsonDocument.Parse(pointer.Content);
        return content.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("train_uri", out var uri) && uri.ValueKind == JsonValueKind.String ? uri.GetString()! : "";
    }

    private IAsyncEnumerable<ObjectInfo> OldModels(HashSet<long> own, List<ModelRow> kept, CancellationToken cancellation)
    {
        var old = own.Where(ts => IsOlder(ts, options.ModelDays)).Select(ts => Folder(layout.Model(Timestamps.Iso(ts)))).ToHashSet();
        old.ExceptWith(kept.Select(m => Run(KeyOf(m.Uri))));
        return objects.List($"{layout.ModelPrefix}/run_ts=", cancellation).Where(o => old.Contains(Run(o.Key)));
    }

    private List<ModelRow> Kept(IReadOnlyList<ModelRow> newestFirst) =>
    [
        .. newestFirst.Where(m => m.State == "champion"),
        .. newestFirst.Where(m => m.Epoch is not null).OrderByDescending(m => m.Epoch).Take(options.Predecessors + 1),
        .. newestFirst.Where(m => m.AnchorFrom is not null).OrderByDescending(m => m.AnchorFrom).Take(1),
        .. newestFirst.DistinctBy(m => m.Kind),
        .. newestFirst.Take(ShadowLineUp.ModelsLookedAt).DistinctBy(m => Recipe.Of(m)),
    ];

    private string KeyOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && objects.TryKeyOf(uri, out var key) ? key : "";

    private async Task<int> Drop(IAsyncEnumerable<ObjectInfo> old, CancellationToken cancellation)
    {
        var safe = (realTime.GetUtcNow() - TimeSpan.FromHours(options.SafetyHours)).ToUnixTimeMilliseconds();
        var dropped = 0;
        await foreach (var found in old.WithCancellation(cancellation))
        {
            if (found.LastModifiedTs >= safe)
                continue;
            await objects.Delete(found.Key, cancellation);
            dropped++;
        }
        return dropped;
    }

    private bool IsOlder(long ts, int days) => ts < clock.NowMs - (days * 86_400_000L);

    private static string Folder(string key) => key[..(key.LastIndexOf('/') + 1)];

    /// <summary>The prefix of a run's objects: "model/run_ts=…/", however deep below it the key lies.</summary>
    private string Run(string key)
    {
        var end = key.IndexOf('/', Math.Min(key.Length, layout.ModelPrefix.Length + 1));
        return end < 0 ? key : key[..(end + 1)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old data sets and models were not looked for")]
    private static partial void LogNotSwept(ILogger logger, Exception cause);
}
