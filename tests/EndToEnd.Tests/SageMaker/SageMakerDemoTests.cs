using System.Text.Json;
using Hts.Tests.Hosting;

namespace Hts.Tests.SageMaker;

/// <summary>The whole program with its data sets, models and trainings at the stand-in for S3 and SageMaker.</summary>
public sealed class SageMakerDemoTests
{
    private const string Gpu = "ml.g4dn.xlarge";
    private const string Cpu = "ml.m5.xlarge";

    [Fact]
    public async Task An_hour_is_trained_on_the_second_machine_when_there_is_none_left_of_the_first()
    {
        using var data = new TempFolder();
        await using var aws = await DoubleProcess.Start("--full", Gpu);
        var settings = new Dictionary<string, string>(aws.Settings)
        {
            ["Training__SageMaker__Instances__0"] = Gpu,
            ["Training__SageMaker__Instances__1"] = Cpu,
            [$"Training__SageMaker__PricePerHour__{Cpu}"] = "3600",
            ["Training__SageMaker__PollSeconds"] = "1",
            ["Training__Members__0"] = "cond",
        };
        await using var silo = RunningSilo.Start(
            settings, "demo", "--tape", Paths.MarketData("trades/bitflyer"), "--speed", "120", "--data-dir", data.Path);

        var run = await silo.Until(
            "a training whose model serves", TimeSpan.FromMinutes(4),
            async () => (await silo.Get("/api/training")).GetProperty("items").EnumerateArray()
                .FirstOrDefault(r => r.GetProperty("state").GetString() == "promoted"),
            found => found.ValueKind == JsonValueKind.Object);

        (run.GetProperty("backend").GetString(), run.GetProperty("place").GetString()).ShouldBe(("sagemaker", Cpu));
        var seconds = run.GetProperty("billableSeconds").GetDouble();
        seconds.ShouldBeGreaterThan(0);
        run.GetProperty("cost").GetDouble().ShouldBe(seconds, 1e-9);
        (await silo.Get("/api/models/current")).GetProperty("epoch").GetProperty("version").GetString()
            .ShouldBe(run.GetProperty("modelVersion").GetString());
        var job = run.GetProperty("jobName").GetString();
        (await silo.GetAll("/api/events?limit=500")).Select(e => e.GetProperty("message").GetString())
            .ShouldContain($"{job} goes on to {Cpu}: {Gpu} refused it: CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.");
    }
}
