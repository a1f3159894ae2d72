using System.Diagnostics;
using System.Text.Json;
using Hts.Artefacts;
using Hts.Tests.Commands;
using Hts.Tests.Postgres;
using Hts.Training;

namespace Hts.Tests.Training;

/// <summary>The <c>train</c> verb as SageMaker starts it: everything below one folder.</summary>
public sealed class ContainerTrainingTests : IDisposable
{
    private readonly TempFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task A_training_leaves_the_unpacked_model_and_its_report()
    {
        await Fill("""{"seed":"7","members":"cond,ridge","sagemaker_program":"x"}""");
        var run = await Train();
        run.ExitCode.ShouldBe(0, run.Errors);
        Directory.GetFiles(At("model")).Select(Path.GetFileName).Order().ShouldBe(["metadata.json", "model.safetensors"]);
        File.Exists(At("output/failure")).ShouldBeFalse();
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(At("output/data/report.json"), Token)).RootElement;
        report.GetProperty("rows").GetInt32().ShouldBe(600);

        // The same as without a container.
        var plain = await SiloRun.Of(
            new Dictionary<string, string>(), "train", At("input/data/train/train.parquet"), "--out", At("plain"), "--members", "cond,ridge", "--seed", "7");
        plain.ExitCode.ShouldBe(0, plain.Errors);
        ModelArtefact.Unpack(await File.ReadAllBytesAsync(At("plain/model.tar.gz"), Token), new ArtefactLimits(), At("plain"));
        (await Sha256("model/model.safetensors")).ShouldBe(await Sha256("plain/model.safetensors"));
    }

    [Theory]
    [InlineData("""{"seed":"many"}""", "The hyper-parameter seed is 'many'; known are seed and first_model_days, numbers, members, separated by commas, and champion_sha256.")]
    [InlineData("""{"depth":"3"}""", "The hyper-parameter depth is '3';")]
    [InlineData("""{"seed":7}""", "The hyper-parameters are not an object of strings")]
    [InlineData("""{"members":"guess"}""", "Members 'guess'")]
    public async Task A_failure_is_told_in_the_failure_file_and_by_the_exit_code(string parameters, string words)
    {
        await Fill(parameters);
        var run = await Train();
        run.ExitCode.ShouldBe(1);
        (await File.ReadAllTextAsync(At("output/failure"), Token)).ShouldContain(words);
        run.Errors.ShouldContain(words);
    }

    [Fact]
    public async Task Too_few_rows_are_told_in_the_failure_file()
    {
        await Fill("{}", rows: 3);
        (await Train()).ExitCode.ShouldBe(1);
        (await File.ReadAllTextAsync(At("output/failure"), Token)).ShouldContain("100");
    }

    [Fact]
    public async Task A_failure_is_cut_to_what_sagemaker_shows()
    {
        await Fill($$"""{"members":"{{new string('x', 3_000)}}"}""");
        (await Train()).ExitCode.ShouldBe(1);
        (await File.ReadAllTextAsync(At("output/failure"), Token)).Length.ShouldBe(1_024);
    }

    [Fact]
    public async Task Settings_that_cannot_work_are_told_there_too()
    {
        await Fill("{}");
        var run = await SiloRun.Of(new Dictionary<string, string> { ["Training__Model__Coverage"] = "7" }, "train", "--ml-root", root.Path);
        run.ExitCode.ShouldBe(1);
        (await File.ReadAllTextAsync(At("output/failure"), Token)).ShouldContain("Coverage");
    }

    [Theory]
    [InlineData("""{"champion":{}}""", "There is no input channel 'train'")]
    [InlineData("""{"train":{},"champion":{}}""", "The input channel 'champion' holds 0 files (*); one is needed.")]
    public async Task A_channel_that_is_missing_is_named(string channels, string words)
    {
        await Fill("{}");
        await File.WriteAllTextAsync(At("input/config/inputdataconfig.json"), channels, Token);
        (await Train()).ExitCode.ShouldBe(1);
        (await File.ReadAllTextAsync(At("output/failure"), Token)).ShouldContain(words);
    }

    [Fact]
    public async Task A_champion_of_any_name_is_compared_with()
    {
        await Fill("""{"members":"cond"}""");
        (await SiloRun.Of(new Dictionary<string, string>(), "train", At("input/data/train/train.parquet"), "--out", At("plain"), "--members", "cond")).ExitCode.ShouldBe(0);
        Directory.CreateDirectory(At("input/data/champion"));
        File.Move(At("plain/model.tar.gz"), At("input/data/champion/best.tgz"));
        await File.WriteAllTextAsync(At("input/config/inputdataconfig.json"), """{"train":{},"champion":{}}""", Token);
        var run = await Train();
        run.ExitCode.ShouldBe(0, run.Errors);
        var slots = JsonDocument.Parse(await File.ReadAllTextAsync(At("output/data/report.json"), Token)).RootElement.GetProperty("gateSlots");
        slots.EnumerateArray().ShouldAllBe(s => s.GetProperty("champion").ValueKind == JsonValueKind.Number);
    }

    [Fact]
    public async Task Without_a_data_set_or_sagemakers_input_the_mistake_is_told()
    {
        var run = await Train();
        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("give a data set");
        Directory.Exists(At("output")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_training_goes_on_from_its_checkpoints_to_the_same_bits()
    {
        await Fill("""{"members":"cond,mlp,trees"}""", rows: 4_000);
        // Trees that take seconds: long enough to be met on their way.
        var settings = new Dictionary<string, string>
        {
            ["Training__Model__Mlp__MaxEpochs"] = "4",
            ["Training__Model__Trees__MinRows"] = "100",
            ["Training__Model__Trees__Trees"] = "400",
            ["Training__Model__Trees__Leaves"] = "32",
            ["Training__Model__Trees__LeafRows"] = "1",
            ["Training__Model__Trees__RowShare"] = "1",
            ["Training__Model__Trees__FeatureShare"] = "1",
        };
        await Interrupt(settings, whenLine: "trees: fitting");
        File.Exists(At("output/failure")).ShouldBeTrue();
        Directory.GetFiles(At("model")).ShouldBeEmpty();
        Directory.GetFiles(At("checkpoints")).ShouldHaveSingleItem().ShouldContain("mlp-first-");
        var resumed = await Train(settings);
        resumed.ExitCode.ShouldBe(0, resumed.Errors);
        resumed.Errors.ShouldContain("mlp: taken from its checkpoint");
        resumed.Errors.ShouldNotContain("mlp: epoch");
        File.Exists(At("output/failure")).ShouldBeFalse();
        var interrupted = (await Sha256("model/model.safetensors"), await Sha256("model/metadata.json"));

        Directory.Delete(At("checkpoints"), recursive: true);
        var fresh = await Train(settings);
        fresh.Errors.ShouldContain("mlp: epoch");
        (await Sha256("model/model.safetensors"), await Sha256("model/metadata.json")).ShouldBe(interrupted);
    }

    [Fact]
    public async Task A_checkpoint_of_other_data_seed_or_settings_and_a_damaged_one_are_not_used()
    {
        const string Resumed = "taken from its checkpoint";
        await Fill("""{"members":"mlp"}""");
        (await Train()).ExitCode.ShouldBe(0);
        (await Train()).Errors.ShouldContain(Resumed);
        (await Train(new() { ["Training__Model__Mlp__LearningRate"] = "0.002" })).Errors.ShouldNotContain(Resumed);
        foreach (var file in Directory.GetFiles(At("checkpoints")))
            await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, Token))[..100], Token);
        var damaged = await Train();
        damaged.ExitCode.ShouldBe(0, damaged.Errors);
        damaged.Errors.ShouldContain("its checkpoint is of no use");
        await Fill("""{"members":"mlp","seed":"2"}""");
        (await Train()).Errors.ShouldNotContain(Resumed);
        await Fill("""{"members":"mlp"}""", rows: 601);
        (await Train()).Errors.ShouldNotContain(Resumed);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string At(string path) => Path.Combine(root.Path, path);

    private async Task<string> Sha256(string path) => ModelArtefact.Sha256(await File.ReadAllBytesAsync(At(path), Token));

    private Task<SiloRun> Train(Dictionary<string, string>? settings = null) =>
        SiloRun.Of(new Dictionary<string, string>(settings ?? []) { [ContainerFolder.RootVariable] = root.Path }, "train");

    private async Task Interrupt(Dictionary<string, string> settings, string whenLine)
    {
        using var process = SiloRun.Start(new Dictionary<string, string>(settings) { [ContainerFolder.RootVariable] = root.Path }, "train");
        var output = process.StandardOutput.ReadToEndAsync(Token);
        while (await process.StandardError.ReadLineAsync(Token) is { } line && line != whenLine)
        {
            // Members before that one.
        }
        using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        await output;
        process.ExitCode.ShouldNotBe(0);
    }

    private async Task Fill(string parameters, int rows = 600)
    {
        foreach (var folder in new[] { "input/config", "input/data/train", "model", "output/data", "checkpoints" })
            Directory.CreateDirectory(At(folder));
        await File.WriteAllTextAsync(At("input/config/hyperparameters.json"), parameters, Token);
        await File.WriteAllTextAsync(At("input/config/inputdataconfig.json"), """{"train":{"TrainingInputMode":"File"}}""", Token);
        await SampleDataSet.Write(At("input/data/train"), rows);
    }
}
