using Hts.Models;

namespace Hts.Artefacts.PyTorch;

/// <summary>
/// Fits a net of embeddings into a system: its inputs must be as many as the embedding columns that every row begins with, its targets
/// one for each strategy. What it says nothing of stands in for what this system's own models measure: fills and residuals by constants,
/// until the online intervals have learned theirs.
/// </summary>
internal static class EmbeddingNetFit
{
    private const string TargetSuffix = "_return_pct";

    /// <summary>
    /// Mean fills of a slot while the own position is flat and while it stands: over four strategies and two markets of January 2022 they
    /// were .19 to .41 and 2.0 to 2.3.
    /// </summary>
    private static readonly (double Flat, double Stands) Sides = (0.3, 2);

    /// <summary>Half the width of the interval in σ of the slot: 90 % of a normal distribution, wider than what most strategies need.</summary>
    private const double HalfWidth = 1.645;

    private const double MostSides = 8;

    /// <exception cref="ModelMisfitException">Inputs or targets are others than the system has.</exception>
    public static Model Make(EmbeddingNetMetadata metadata, EmbeddingNet net, ModelExpectations system)
    {
        if (net.Inputs != system.EmbeddingColumns)
            throw new ModelMisfitException($"The model takes {net.Inputs} embedding columns; this system has {system.EmbeddingColumns}.");
        var strategyOf = Array.ConvertAll(metadata.TargetCols, target => IndexOf(target, system.Strategies));
        if (strategyOf.Length != system.Strategies.Count || strategyOf.Distinct().Count() != strategyOf.Length)
            throw new ModelMisfitException(
                $"The model's targets are {string.Join(',', metadata.TargetCols)}; this system has the strategies {string.Join(',', system.Strategies)}.");
        return Around(new EmbeddingReturns(net, strategyOf), system);
    }

    private static Model Around(EmbeddingReturns returns, ModelExpectations system)
    {
        var layout = new TargetLayout(system.Strategies);
        var facts = new ModelFacts
        {
            Strategies = system.Strategies,
            StrategySetHash = system.StrategySetHash,
            FeatureSchemaHash = system.FeatureSchemaHash,
            FeatureCount = system.FeatureCount,
            CostPerFill = system.CostPerFill,
            SlotMs = system.SlotMs,
            TrainedFromTs = 0,
            TrainedUntilTs = 0,
            MeanNet = new double[layout.StrategyCount],
            Rows = 0,
            Symbols = [],
            Seed = 0,
        };
        var cells = new double[2 * layout.OutputCount];
        for (var t = layout.GrossCount; t < layout.OutputCount; t++)
            (cells[2 * t], cells[(2 * t) + 1]) = Sides;
        OutputRange[] ranges = [.. Enumerable.Range(0, layout.OutputCount).Select(t => new OutputRange(0, t < layout.GrossCount ? 0 : MostSides))];
        var ends = Enumerable.Repeat(HalfWidth, 2 * layout.StrategyCount).ToArray();
        return new Model(facts, new CondTable(cells), [], null, 0, ranges, new IntervalTable([.. ends.Select(end => -end)], ends))
        {
            Returns = returns,
        };
    }

    private static int IndexOf(string target, IReadOnlyList<string> strategies)
    {
        for (var s = 0; s < strategies.Count; s++)
            if (target == strategies[s] + TargetSuffix)
                return s;
        throw new ModelMisfitException($"The model's target '{target}' is the net return of no strategy of this system ({string.Join(',', strategies)}).");
    }
}
