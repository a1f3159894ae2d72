using Hts.DataSets;
using Hts.Evaluation;
using Hts.Models;
using Hts.Training;

namespace Hts.Tests.Evaluation;

/// <summary>A short walk over planted rows, in memory.</summary>
internal static class PlantedWalk
{
    public const int SlotsPerDay = 144;

    public static EvaluationOptions Options { get; } = new()
    {
        StartDays = 4,
        RetrainDays = 2,
        Members = [MemberKinds.Cond, MemberKinds.Ridge],
        Draws = 100,
        PriorTrials = 0,
    };

    public static List<DataSetRow> Rows(int days, int seed = 1, params string[] symbols) =>
        [.. new PlantedMarket(seed, features: 12, embeddings: 4).Rows(days * SlotsPerDay, symbols)];

    public static DataSet Data(IEnumerable<DataSetRow> rows)
    {
        var data = new DataSet(new PlantedMarket(1, features: 12, embeddings: 4).Header);
        foreach (var row in rows)
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        return data;
    }

    public static Walk Run(IEnumerable<DataSetRow> rows, EvaluationOptions? options = null)
    {
        options ??= Options;
        var data = Data(rows);
        // Planted so plainly that the leak check would rightly speak up.
        TrainingOptions training = new() { Placebo = new() { LeakIc = 1 } };
        return new WalkForward(data, FoldPlan.Make(data, options, training), options, training, TimeProvider.System).Run((_, _) => { }, CancellationToken.None);
    }

    public static ChampionWalk Champions(Walk walk)
    {
        var champions = new ChampionWalk(walk, new WalkDays(walk), new() { MinDays = 2 }, new());
        champions.Run();
        return champions;
    }
}
