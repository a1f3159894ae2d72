using Hts.Artefacts;
using Hts.Bars;
using Hts.DataSets;
using Hts.Features;
using Hts.Strategies;
using Hts.Training;

namespace Hts.Proofs;

/// <summary>One made-up market, taken through data set, audit and training as on the cluster, and judged on what comes afterwards.</summary>
internal sealed class ProofWorld : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hts-proof-").FullName;
    private readonly ProofSettings settings;
    private readonly int seed;
    private readonly LeakCanary? canary;
    private readonly ProofMarket market;
    private readonly FeatureSchema schema;

    /// <param name="foresight">What can be foreseen; 0 for a random walk.</param>
    public ProofWorld(ProofSettings settings, int seed, double foresight, LeakCanary? canary = null)
    {
        this.settings = settings;
        this.seed = seed;
        this.canary = canary;
        var grid = new Grid(settings.BarSeconds);
        market = new ProofMarket(seed, grid, foresight, settings.Embeddings);
        schema = new FeatureSchema(StrategySet.Default(), grid, new FeatureOptions { Leader = ProofMarket.Symbols[0] });
    }

    /// <summary>Slots before the first that can be learned from.</summary>
    private int WarmupSlots => (schema.WarmupBars / schema.Grid.BarsPerSlot) + 1;

    private int TrainedSlots => WarmupSlots + settings.Slots;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Builds the data set of the past, audits it and trains.</summary>
    public async Task<(RowAuditReport Audit, TrainingReport Training)> Train(CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "train.parquet");
        var sample = new RowSample();
        await new DataSetBuilder(schema, sample, canary)
            .Build(path, market.Sources(TrainedSlots), schema.LeaderSymbol, long.MaxValue, cancellation);
        var audit = await new RowAudit(schema).Run(market.Sources(TrainedSlots), schema.LeaderSymbol, sample, maxSymbols: 1, cancellation);
        var options = new TrainingOptions { ScarceSlots = 0 };
        var training = await new Trainer(options, new ArtefactLimits(), TimeProvider.System)
            .Train(new TrainingRequest(path, folder, settings.Members, seed), cancellation: cancellation);
        return (audit, training);
    }

    /// <summary>The model's forecasts for the slots after the training, a purge apart.</summary>
    public async Task<ProofForecasts> Judge(TrainingReport training, CancellationToken cancellation)
    {
        var slots = TrainedSlots + settings.TestSlots;
        var memory = new RowMemory(DataSetBuilder.HeaderOf(schema));
        await new DataSetBuilder(schema, canary: canary).Build(memory, market.Sources(slots), schema.LeaderSymbol, long.MaxValue, cancellation);
        var data = memory.Data;
        var from = ProofMarket.StartTs + (TrainedSlots * schema.Grid.SlotMs) + schema.OverlapMs;
        var rows = Enumerable.Range(0, data.Count).Where(row => data.BaseTs[row] >= from).ToArray();
        var model = ModelArtefact.Read(await File.ReadAllBytesAsync(training.ArtefactPath, cancellation), new ArtefactLimits());
        var truths = ProofMarket.Symbols.ToDictionary(s => s, s => market.Truth(s, slots));
        return new ProofForecasts(data, model, rows, [.. rows.Select(row => truths[data.Symbols[data.Symbol[row]]][data.BaseTs[row]])]);
    }
}
