using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hts.S3Double;
using Hts.Tests.Hosting;

namespace Hts.Tests.Training;

/// <summary>The demo on an object storage of the test: what it does when it, or the storage, is gone.</summary>
public sealed class ObjectStorageTests
{
    private const string Symbol = "BTCUSDT";
    private const long SlotMs = 600_000;

    // Where the silo dies, in the order that a run passes these: the request comes, and is not served.
    private static readonly (string Operation, string KeyEnd)[] Cuts =
    [
        // While the data set is prepared.
        ("PutObject", "/train.parquet"),
        ("PutObject", "train/latest.json"),
        // While the model trains.
        ("GetObject", "/train.parquet"),
        ("PutObject", "/model.tar.gz"),
        // While it is evaluated and the pointer moves.
        ("GetObject", "/model.tar.gz"),
        ("PutObject", "model/latest.json"),
        ("PutObject", "model/epochs/1.json"),
    ];

    [Fact]
    public async Task A_training_survives_every_kill_and_an_hour_without_storage_costs_no_prediction()
    {
        using var data = new TempFolder();
        await using var bucket = await Bucket.Start();
        var settings = new Dictionary<string, string>(bucket.Environment)
        {
            ["Training__IntervalSeconds"] = $"{LongestHour()}",
            ["Prediction__ToleranceSeconds"] = "600",
        };
        string[] arguments = ["demo", "--speed", "60", "--data-dir", data.Path];

        foreach (var (operation, keyEnd) in Cuts)
        {
            await using var silo = RunningSilo.Start(settings, arguments);
            await DiesAt(silo, bucket.Server, operation, keyEnd);
        }

        bucket.Server.Faults = null;
        long since;
        await using (var last = RunningSilo.Start(settings, arguments))
        {
            await EndsOnce(last, bucket.Server);
            var rows = await last.Until("two predictions", TimeSpan.FromMinutes(5), () => Rows(last), found => found.Count(IsPredicted) >= 2);
            bucket.Server.Faults = _ => S3Fault.LostRequest;
            since = rows.Where(IsPredicted).Max(BaseTs);
            await last.Kill();
        }

        // Also one that starts while the storage is away serves the model it had.
        await using var again = RunningSilo.Start(settings, arguments);
        await OutlivesAnHourWithoutStorage(again, bucket.Server, since);
    }

    private static async Task EndsOnce(RunningSilo last, S3Server store)
    {
        var runs = await last.Until(
            "the end of the run", TimeSpan.FromMinutes(3), async () => Items(await last.Get("/api/training")),
            items => items.Count > 0 && items.All(run => run.GetProperty("finishedAt").ValueKind == JsonValueKind.String));
        runs.ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("promoted");
        var job = runs[0].GetProperty("jobName").GetString();
        var model = Items(await last.Get("/api/models")).ShouldHaveSingleItem();
        model.GetProperty("state").GetString().ShouldBe("champion");
        model.GetProperty("jobName").GetString().ShouldBe(job);

        var current = (await last.Get("/api/models/current")).GetProperty("epoch");
        current.GetProperty("epoch").GetInt64().ShouldBe(1);
        store.Buckets.Single().Value.Keys.Where(key => key.StartsWith("model/epochs/", StringComparison.Ordinal)).ShouldBe(["model/epochs/1.json"]);
        var events = await last.Until(
            "the run's event", TimeSpan.FromMinutes(1), async () => Items(await last.Get("/api/events?limit=500")).ConvertAll(e => e.GetProperty("message").GetString()!),
            all => all.Exists(message => message.StartsWith($"{job} promoted", StringComparison.Ordinal)));
        events.Count(message => message.Contains("serves as epoch")).ShouldBe(1);
        events.Count(message => message.StartsWith($"{job} promoted", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static async Task OutlivesAnHourWithoutStorage(RunningSilo silo, S3Server store, long since)
    {
        await silo.Until("the program", TimeSpan.FromMinutes(2), () => silo.Get("/api/training"), _ => true);
        using (var asked = await silo.Http.PostAsJsonAsync("/api/training/run", new { reason = "while the storage is away" }, TestContext.Current.CancellationToken))
            asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        // The run gives up, and says when it is tried again.
        var state = await silo.Until(
            "the failed run", TimeSpan.FromMinutes(4), async () => (await silo.Get("/api/training")).GetProperty("state"),
            s => s.GetProperty("retryAt").ValueKind == JsonValueKind.String);
        state.GetProperty("state").GetString().ShouldBe("failed");
        await silo.Until("an hour's predictions", TimeSpan.FromMinutes(3), () => Rows(silo), rows => rows.Max(BaseTs) >= since + (6 * SlotMs));

        store.Faults = null;
        var ended = await silo.Until(
            "the second attempt", TimeSpan.FromMinutes(4), async () => (await silo.Get("/api/training")).GetProperty("state"),
            s => s.GetProperty("jobName").GetString()!.EndsWith("-2", StringComparison.Ordinal) && s.GetProperty("state").GetString() is "promoted" or "rejected");
        ended.GetProperty("retryAt").ValueKind.ShouldBe(JsonValueKind.Null);

        var hour = (await Rows(silo)).Where(row => BaseTs(row) >= since).OrderBy(BaseTs).ToList();
        hour.Select(BaseTs).ShouldBe(Enumerable.Range(0, hour.Count).Select(i => since + (i * SlotMs)), "each slot has its row");
        // On the fast clock a busy machine may be late for a slot, or for its bars; the model is never what is lacking.
        hour.Where(row => !IsPredicted(row)).Select(Reason).ShouldBeSubsetOf(["missed", "stale data"]);
        hour.Count(IsPredicted).ShouldBeGreaterThan(hour.Count / 2);
    }

    // One run only: of the lengths of about a week that "hours" may have, the one whose next beginning is farthest away in the market's time.
    private static long LongestHour()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Enumerable.Range(0, 300).Select(i => 604_800L - (i * 600)).MaxBy(seconds => seconds - (now % seconds));
    }

    private static Task<List<JsonElement>> Rows(RunningSilo silo) => silo.GetAll($"/api/symbols/{Symbol}/predictions?role=champion&limit=500");

    private static bool IsPredicted(JsonElement row) => row.GetProperty("modelVersion").ValueKind == JsonValueKind.String;

    private static long BaseTs(JsonElement row) => row.GetProperty("baseTs").GetDateTimeOffset().ToUnixTimeMilliseconds();

    private static string Reason(JsonElement row) => row.GetProperty("reason").GetString()!;

    private static async Task DiesAt(RunningSilo silo, S3Server store, string operation, string keyEnd)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Faults = call =>
        {
            if (call.Operation != operation || !call.Key.EndsWith(keyEnd, StringComparison.Ordinal))
                return null;
            reached.TrySetResult();
            return S3Fault.LostRequest;
        };
        await silo.Until($"{operation} of {keyEnd}", TimeSpan.FromMinutes(5), () => Task.FromResult(reached.Task.IsCompleted), yes => yes);
        await silo.Kill();
    }

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];
}
