using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Models;
using Hts.Scores;
using Hts.Training;

namespace Hts.Tests.Artefacts.PyTorch;

public sealed class EmbeddingModelTests
{
    private const double Cost = 0.0005;
    private const int Features = 700;

    private static readonly ArtefactLimits Limits = new();

    // Not in the order of the targets.
    private static readonly string[] Strategies = ["short_hold", "trend", "mean_revert", "breakout", "scalper", "long_hold"];
    private static readonly int[] TargetOf = [5, 0, 1, 2, 3, 4];
    private static readonly ModelExpectations Target = new("schema-1", Features, Strategies, "strategies-1", 600_000)
    {
        EmbeddingColumns = 512,
        CostPerFill = Cost,
    };

    [Theory]
    [InlineData("plain")]
    [InlineData("layernorm")]
    public void A_model_of_PyTorch_forecasts_its_net_returns_for_the_strategies_of_its_targets(string name)
    {
        var model = ModelArtefact.Read(Fixture(name), Limits, null, Target);
        model.Kind.ShouldBe(MemberKinds.EmbeddingNet);
        var (inputs, outputs) = Expected(name);

        var forecasts = Predict(model, [.. inputs.Select(i => new ForecastInput([.. i, .. new float[Features - i.Length]], 0.003, [1, 0, -1, 0]))]);

        foreach (var (forecast, output) in forecasts.Zip(outputs))
            for (var s = 0; s < 6; s++)
            {
                (forecast.Net[s] * 100).ShouldBe(output[TargetOf[s]], 1e-5);
                forecast.Gross[s].ShouldBe(forecast.Net[s] + (Cost * forecast.Sides[s]), 1e-12);
                (forecast.Lower[s], forecast.Upper[s]).ShouldBe((forecast.Net[s] - (1.645 * 0.003), forecast.Net[s] + (1.645 * 0.003)));
            }
        // Holds always fill twice, a standing position is closed, a flat one rarely opens.
        forecasts[0].Sides.ShouldBe([2, 2, 0.3, 2, 0.3, 2]);
    }

    [Fact]
    public void Its_table_alone_expects_nothing_but_the_cost_of_its_fills()
    {
        var model = ModelArtefact.Read(Fixture("plain"), Limits, null, Target);
        var (part, cond) = ModelParts.Of(model).ShouldHaveSingleItem();
        part.ShouldBe(ForecastParts.Cond);
        var forecast = Predict(cond, [new ForecastInput(new float[Features], 0.003, [0, 0, 0, 0])])[0];
        forecast.Gross.ShouldAllBe(g => g == 0);
        forecast.Net.ShouldBe([-2 * Cost, -0.3 * Cost, -0.3 * Cost, -0.3 * Cost, -0.3 * Cost, -2 * Cost]);
    }

    [Theory]
    [InlineData("model.pth")]
    [InlineData("model.safetensors")]
    public async Task An_archive_as_tar_packs_a_folder_is_read(string weights)
    {
        using var folder = new TempFolder();
        var packed = weights == "model.pth" ? Fixture("layernorm") : SampleModels.Artefact(1, MemberKinds.Ridge);
        Unpack(packed, Directory.CreateDirectory(Path.Combine(folder.Path, "model")).FullName);
        var archive = Path.Combine(folder.Path, "model.tar.gz");
        using var tar = Process.Start("tar", ["czf", archive, "-C", Path.Combine(folder.Path, "model"), "."]);
        await tar.WaitForExitAsync(TestContext.Current.CancellationToken);

        var expectations = weights == "model.pth" ? Target : null;
        var model = ModelArtefact.Read(await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken), Limits, null, expectations);

        model.Kind.ShouldBe(ModelArtefact.Read(packed, Limits, null, expectations).Kind);
    }

    [Fact]
    public void A_model_for_other_inputs_or_targets_is_refused_with_both_named()
    {
        Refused("plain", Target with { EmbeddingColumns = 1536 }, "takes 512 embedding columns; this system has 1536");
        Refused("plain", Target with { Strategies = [.. Strategies, "grid"] }, "this system has the strategies short_hold");
        Refused("plain", Target with { Strategies = [.. Strategies[..5], "hold"] }, "'long_hold_return_pct' is the net return of no strategy");
        Refused("plain", null, "needs a system to fit");
    }

    [Fact]
    public void A_target_that_stands_twice_is_refused() => Refusal(
        () => ModelArtefact.Read(Changed("plain", "mean_revert_return_pct", "trend_return_pct"), Limits, null, Target)).ShouldContain("targets are trend_return_pct,trend");

    [Theory]
    [InlineData("\"feature_dim\": 512", "\"feature_dim\": 511", "not [256,511]")]
    [InlineData("\"feature_dim\"", "\"feature_dims\"", "metadata.json is not as it must be")]
    [InlineData("{", "[", "metadata.json is not as it must be")]
    public void Metadata_that_does_not_fit_its_weights_is_refused(string from, string to, string rule) =>
        Refusal(() => ModelArtefact.Read(Changed("plain", from, to), Limits, null, Target)).ShouldContain(rule);

    [Theory]
    [MemberData(nameof(HostileArchives.Names), MemberType = typeof(HostileArchives))]
    public void A_hostile_archive_is_refused_with_its_rule(string name)
    {
        var (bytes, rule) = HostileArchives.Make(name);
        Refusal(() => ModelArtefact.Read(bytes, Limits, null, Target)).ShouldContain(rule);
    }

    [Fact]
    public async Task A_training_compares_its_models_with_it_slot_by_slot()
    {
        using var folder = new TempFolder();
        var market = new PlantedMarket(seed: 21);
        var rows = market.Rows(900).ToList();
        await PlantedMarket.WriteFile(folder.File("train.parquet"), market.Header, rows);
        // One linear layer without weights: it says its biases, in percent.
        float[] biases = [0.1f, -0.2f, 0.3f, -0.4f, 0.5f, -0.6f];
        await File.WriteAllBytesAsync(
            folder.File("champion.tar.gz"), Linear(market.Header.EmbeddingColumns, biases), TestContext.Current.CancellationToken);

        var report = await new Trainer(new TrainingOptions(), Limits, TimeProvider.System).Train(
            new TrainingRequest(folder.File("train.parquet"), folder.File("out"), [MemberKinds.Cond], 1, folder.File("champion.tar.gz")));

        report.ChampionProblem.ShouldBeNull();
        report.GateSlots.Count.ShouldBe(report.TestRows);
        var says = Array.ConvertAll(biases, bias => bias / 100.0);
        foreach (var slot in report.GateSlots)
        {
            var row = rows.Single(r => r.BaseTs == slot.BaseTs);
            var outcome = Enumerable.Range(0, 6).Select(s => row.Gross[s] - (row.Sides[s] * market.Header.CostPerFill)).ToArray();
            slot.Champion.ShouldNotBeNull().ShouldBe(Huber.SlotLoss(says, outcome, row.SigmaSlot), 1e-6);
        }
    }

    private static byte[] Linear(int inputs, float[] biases)
    {
        var bytes = new byte[biases.Length * sizeof(float)];
        Buffer.BlockCopy(biases, 0, bytes, 0, bytes.Length);
        var pickle = PickleWriter.Begin().EmptyOrdered()
            .Text("net.0.weight").Tensor("FloatStorage", "0", biases.Length * inputs, 0, [biases.Length, inputs], [inputs, 1]).Op('s')
            .Text("net.0.bias").Tensor("FloatStorage", "1", biases.Length, 0, [biases.Length], [1]).Op('s').End();
        var metadata = JsonSerializer.SerializeToUtf8Bytes(new
        {
            feature_dim = inputs,
            hidden_dims = Array.Empty<int>(),
            dropout = 0.0,
            use_layernorm = false,
            target_cols = PlantedMarket.Strategies.Select(name => name + "_return_pct"),
        });
        return HostileArchives.Packed(
            HostileArchives.File("metadata.json", metadata),
            HostileArchives.File("model.pth", PickleWriter.Zip(pickle, ("data/0", new byte[bytes.Length * inputs]), ("data/1", bytes))));
    }

    private static void Refused(string name, ModelExpectations? system, string rule) =>
        Refusal(() => ModelArtefact.Read(Fixture(name), Limits, null, system)).ShouldContain(rule);

    private static string Refusal(Action read) => Should.Throw<ArtefactRefusedException>(read).Message;

    private static Forecast[] Predict(Model model, ForecastInput[] inputs) => SampleModels.Predict(model, inputs);

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(Folder, $"{name}.model.tar.gz"));

    private static string Folder => Path.Combine(SharedData.Folder(), "..", "fixtures", "pytorch");

    private static byte[] Changed(string name, string from, string to)
    {
        var files = ArtefactArchive.Unpack(Fixture(name), Limits);
        var text = Encoding.UTF8.GetString(files.Metadata);
        text.ShouldContain(from);
        return HostileArchives.Packed(
            HostileArchives.File("metadata.json", Encoding.UTF8.GetBytes(text.Replace(from, to))), HostileArchives.File("model.pth", files.Weights));
    }

    private static void Unpack(byte[] packed, string folder)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(gzip, folder, overwriteFiles: false);
    }

    private static (float[][] Inputs, double[][] Outputs) Expected(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.expected.json")));
        double[][] Rows(string part) =>
            [.. document.RootElement.GetProperty(part).EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray())];
        return ([.. Rows("inputs").Select(row => Array.ConvertAll(row, x => (float)x))], Rows("outputs"));
    }
}
