using Hts.DataSets;
using Hts.Models;
using Hts.Splits;
using Hts.Training;

namespace Hts.Tests.Training;

/// <summary>Learning tasks on planted rows, without files.</summary>
internal static class Tasks
{
    public static (LearningTask Task, int[] Train, int[] Validation) Planted(int seed, int slots, int features = 40, int embeddings = 16)
    {
        var market = new PlantedMarket(seed, features, embeddings);
        var data = new DataSet(market.Header);
        foreach (var row in market.Rows(slots))
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        var purge = PurgedSplit.PurgeMs(market.Header.SlotMs, market.Header.OverlapMs);
        var split = PurgedSplit.Make(data.BaseTs, purge);
        var layout = new TargetLayout(market.Header.Strategies);
        var targets = Targets.Make(data, layout, split.Train, 0.002);
        var task = new LearningTask(
            data, layout, targets, Scaler.Fit(data.Features, split.Train, embeddings), purge, seed, new TrainingOptions(), (_, _) => { },
            CancellationToken.None);
        return (task, split.Train, split.Validation);
    }
}
