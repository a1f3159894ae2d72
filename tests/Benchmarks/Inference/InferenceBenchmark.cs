using BenchmarkDotNet.Attributes;
using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Inference;
using Hts.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Benchmarks.Inference;

/// <summary>The engine as predictors use it: the storm of a slot's end (10,000 symbols at once) and one forecast alone.</summary>
public class InferenceBenchmark
{
    private const int Symbols = 10_000;
    private const int Features = 610;
    private static readonly string[] Strategies = ["trend", "mean_revert", "breakout", "scalper", "long_hold", "short_hold"];

    private readonly ValueTask<Forecast>[] pending = new ValueTask<Forecast>[Symbols];
    private ForecastInput[] inputs = [];
    private InferenceEngine engine = null!;

    [Params(MemberKinds.Cond, MemberKinds.Ridge, MemberKinds.Mlp, MemberKinds.Trees)]
    public string Member { get; set; } = "";

    [GlobalSetup]
    public async Task Setup()
    {
        engine = new InferenceEngine(new InferenceOptions(), null, NullLogger<InferenceEngine>.Instance);
        var artefact = ModelArtefact.Write(CreateModel(), new Dictionary<string, double>());
        await engine.Load("v1", new MemoryStream(artefact), CancellationToken.None);
        var random = new Random(1);
        inputs = [.. Enumerable.Range(0, Symbols).Select(_ => new ForecastInput(Floats(random, Features), 0.003, [0, 1, -1, 0]))];
    }

    [GlobalCleanup]
    public ValueTask Cleanup() => engine.DisposeAsync();

    /// <summary>10,000 forecasts asked for at once, until the last answer.</summary>
    [Benchmark]
    public async Task<double> Storm()
    {
        for (var i = 0; i < Symbols; i++)
            pending[i] = engine.Forecast("v1", inputs[i], CancellationToken.None);
        double sum = 0;
        for (var i = 0; i < Symbols; i++)
            sum += (await pending[i]).Net[0];
        return sum;
    }

    /// <summary>One forecast on an idle engine, thread switches included.</summary>
    [Benchmark]
    public async Task<Forecast> Alone() => await engine.Forecast("v1", inputs[0], CancellationToken.None);

    private static float[] Floats(Random random, int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = (random.NextSingle() - 0.5f) * 0.1f;
        return values;
    }

    /// <summary>60 trees an output, each with three levels of splits: eight leaves.</summary>
    private static Trees RandomTrees(Random random, int outputs)
    {
        const int splits = 7, nodes = 15;
        var count = 60 * outputs;
        return new Trees(
            Features,
            new double[outputs],
            [.. Enumerable.Range(0, count).Select(t => t / 60)],
            [.. Enumerable.Range(0, count).Select(t => t * nodes)],
            [.. Enumerable.Range(0, count * nodes).Select(n => n % nodes < splits ? random.Next(Features) : -1)],
            [.. Enumerable.Range(0, count * nodes).Select(n => n % nodes < splits ? n + (n % nodes) + 1 : 0)],
            Floats(random, count * nodes));
    }

    private Model CreateModel()
    {
        var random = new Random(2);
        var layout = new TargetLayout(Strategies);
        var outputs = layout.OutputCount;
        int[] sizes = [Features, 256, 128, 64, outputs];
        Member[] members = Member switch
        {
            MemberKinds.Ridge => [new Ridge(Floats(random, outputs * Features), new double[outputs])],
            MemberKinds.Mlp =>
            [
                new Mlp(
                    [.. sizes.Skip(1).Select((size, i) => new MlpLayer(sizes[i], size, Floats(random, size * sizes[i]), new float[size]))],
                    new double[outputs],
                    [.. Enumerable.Repeat(1.0, outputs)]),
            ],
            MemberKinds.Trees => [RandomTrees(random, outputs)],
            _ => [],
        };
        var facts = new ModelFacts
        {
            Strategies = Strategies,
            StrategySetHash = "benchmark",
            FeatureSchemaHash = "benchmark",
            FeatureCount = Features,
            CostPerFill = 0.0005,
            SlotMs = 600_000,
            TrainedFromTs = 0,
            TrainedUntilTs = 600_000,
            MeanNet = new double[6],
            Rows = 1,
            Symbols = ["BTCUSDT"],
            Seed = 1,
        };
        return new Model(
            facts,
            new CondTable(new double[2 * outputs]),
            members,
            members.Length == 0 ? null : new Scaler(new float[Features], [.. Enumerable.Repeat(1f, Features)]),
            0.5,
            [.. Enumerable.Range(0, outputs).Select(t => t < layout.GrossCount ? new OutputRange(-4, 4) : new OutputRange(0, 6))],
            new IntervalTable([.. Enumerable.Repeat(-1.0, 12)], [.. Enumerable.Repeat(1.0, 12)]));
    }
}
