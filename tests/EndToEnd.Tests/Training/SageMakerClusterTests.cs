using System.Text.Json;
using Hts.S3Double.SageMaker;
using Hts.Tests.Hosting;

namespace Hts.Tests.Training;

/// <summary>Two silos on one database, one bucket and one SageMaker, which trains with the program's own <c>train</c> verb.</summary>
public sealed class SageMakerClusterTests
{
    private const string Gpu = "ml.g4dn.xlarge";
    private const string Cpu = "ml.m5.xlarge";
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT"];

    [Fact]
    public async Task An_hour_leads_from_the_data_set_in_the_bucket_to_one_model_for_all_silos_from_one_slot_on()
    {
        using var first = new TempFolder();
        using var second = new TempFolder();
        await using var bucket = await Bucket.Start();
        bucket.Server.Training.Trainer = Paths.Program("Silo");
        var settings = new Dictionary<string, string>(bucket.Environment)
        {
            ["AWS_ENDPOINT_URL_SAGEMAKER"] = bucket.Server.Url,
            ["Training__Backend"] = "sagemaker",
            ["Training__SageMaker__Image"] = "registry/hts:1",
            ["SAGEMAKER_ROLE_ARN"] = "arn:aws:iam::000000000000:role/hts",
            ["Training__SageMaker__Instances__0"] = Gpu,
            ["Training__SageMaker__Instances__1"] = Cpu,
            ["Training__SageMaker__Local"] = "false",
            ["Training__SageMaker__PollSeconds"] = "1",
            [$"Training__SageMaker__PricePerHour__{Cpu}"] = "0.23",
            // The first training, of the history, finds no machine at all: the model comes of the hour's.
            ["Training__Attempts"] = "1",
            ["Prediction__ToleranceSeconds"] = "600",
            // Nobody dies here: a silo that stands still on a busy machine is not to be thought dead.
            ["Cluster__ProbeSeconds"] = "30",
        };
        bucket.Server.Training.JobFaults = job => job.Instance == Gpu || !job.Name.Contains("0000", StringComparison.Ordinal) ? JobFault.NoCapacity : JobFault.None;

        await using var one = RunningSilo.Start(settings, "demo", "--speed", "60", "--data-dir", first.Path);
        await one.Until("the first silo", TimeSpan.FromMinutes(2), () => one.Get("/api/symbols"), _ => true);
        // The same market: its clock and seed stand in this file.
        File.Copy(Path.Combine(first.Path, "market.json"), Path.Combine(second.Path, "market.json"));
        var joined = new Dictionary<string, string>(settings) { ["ConnectionStrings__Storage"] = EmbeddedDatabase.ConnectionString(first.Path) };
        await using var two = RunningSilo.Start(joined, "demo", "--speed", "60", "--data-dir", second.Path);

        var current = await two.Until(
            "a promoted model", TimeSpan.FromMinutes(5), async () => (await two.Get("/api/models/current")).GetProperty("epoch"), _ => true);
        var effective = current.GetProperty("effectiveFrom").GetDateTimeOffset();
        foreach (var symbol in Symbols)
        {
            await one.Until(
                $"three predictions of {symbol}", TimeSpan.FromMinutes(5), () => Predictions(one, symbol),
                all => all.Count(p => p.GetProperty("epoch").ValueKind == JsonValueKind.Number) >= 3);
            foreach (var p in await Predictions(two, symbol))
                ShouldHaveTheEpochOf(effective, p);
        }

        // Where it trained, why not elsewhere, and what that cost.
        var runs = (await two.Get("/api/training?limit=50")).GetProperty("items").EnumerateArray().ToList();
        var run = runs.Last(r => r.GetProperty("state").GetString() == "promoted");
        run.GetProperty("backend").GetString().ShouldBe("sagemaker");
        run.GetProperty("place").GetString().ShouldBe(Cpu);
        run.GetProperty("billableSeconds").GetDouble().ShouldBePositive();
        run.GetProperty("cost").GetDouble().ShouldBe(run.GetProperty("billableSeconds").GetDouble() * 0.23 / 3600, 1e-9);
        var jobName = run.GetProperty("jobName").GetString()!;
        var events = (await one.Get("/api/events?limit=500")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("message").GetString()!).ToList();
        events.ShouldContain($"{jobName} starts (hourly).");
        events.ShouldContain(message => message.StartsWith($"{jobName} goes on to {Cpu}", StringComparison.Ordinal) && message.Contains("CapacityError"));
        bucket.Server.Training.Jobs.Count(j => j.Name.StartsWith(jobName, StringComparison.Ordinal)).ShouldBe(2, "one job a place");

        var keys = bucket.Server.Buckets.Single().Value.Keys;
        var instant = run.GetProperty("runTs").GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
        keys.ShouldContain($"train/run_ts={instant}/train.parquet");
        keys.ShouldContain($"model/run_ts={instant}/model.tar.gz");
        keys.ShouldContain("model/epochs/1.json");

        // Which silo predicts which symbol is chance: each that does fetched the artefact for itself.
        var sha256 = current.GetProperty("sha256").GetString()!;
        new[] { first, second }.ShouldContain(folder => File.Exists(Path.Combine(folder.Path, "models", sha256 + ".tar.gz")));
    }

    private static void ShouldHaveTheEpochOf(DateTimeOffset effective, JsonElement prediction)
    {
        var what = prediction.ToString();
        if (prediction.GetProperty("epoch").ValueKind == JsonValueKind.Number)
            prediction.GetProperty("baseTs").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(effective, what);
        else if (prediction.GetProperty("reason").GetString() == "no model yet")
            prediction.GetProperty("baseTs").GetDateTimeOffset().ShouldBeLessThan(effective, what);
    }

    private static Task<List<JsonElement>> Predictions(RunningSilo silo, string symbol) =>
        silo.GetAll($"/api/symbols/{symbol}/predictions?role=champion&limit=500");
}
