using Hts.DataSets;
using Hts.Models;
using Hts.Scores;

namespace Hts.Training;

/// <summary>Scores forecasts against outcomes, the training mean and the <c>cond</c> table on the same rows.</summary>
internal sealed class Scorer(DataSet data, TargetLayout layout, ForecastTable mean, ForecastTable cond)
{
    /// <summary>The six strategies, then "active" and "pooled".</summary>
    public IReadOnlyList<ForecastScore> Score(ForecastTable forecasts)
    {
        if (!forecasts.Rows.AsSpan().SequenceEqual(mean.Rows) || !forecasts.Rows.AsSpan().SequenceEqual(cond.Rows))
            throw new ArgumentException("Forecasts are compared on the same rows only.", nameof(forecasts));
        var strategies = Enumerable.Range(0, layout.StrategyCount).Select(s => Accumulate(forecasts, s)).ToArray();
        int[] active = [.. layout.Active];
        return
        [
            .. strategies.Select((sums, s) => sums.ToScore(layout.Strategies[s])),
            Sums.Merge([.. active.Select(s => strategies[s])], layout, []).ToScore("active"),
            Sums.Merge(strategies, layout, [layout.ShortIndex]).ToScore("pooled"),
        ];
    }

    private Sums Accumulate(ForecastTable forecasts, int s)
    {
        var sums = new Sums(layout.Active.Contains(s));
        for (var i = 0; i < forecasts.Rows.Length; i++)
        {
            var row = forecasts.Rows[i];
            var at = (i * layout.StrategyCount) + s;
            var sigma = data.Sigma(row);
            var net = data.Net(row, s);
            sums.Net.Add(new Scoring(net, forecasts.Net[at], mean.Net[at], sigma, forecasts.Lower[at], forecasts.Upper[at]));
            sums.NetVsCond.Add(new Scoring(net, forecasts.Net[at], cond.Net[at], sigma));
            sums.Gross.Add(new Scoring(data.Gross(row)[s], forecasts.Gross[at], mean.Gross[at], sigma));
            if (sums.HasSides)
                sums.Sides.Add(new Scoring(data.Sides(row)[s], forecasts.Sides[at], mean.Sides[at]));
        }
        return sums;
    }

    private sealed class Sums(bool hasSides)
    {
        public bool HasSides => hasSides;

        public ScoreAccumulator Net { get; } = new();

        public ScoreAccumulator NetVsCond { get; } = new();

        public ScoreAccumulator Gross { get; } = new();

        public ScoreAccumulator Sides { get; } = new();

        /// <param name="withoutGross">Strategies whose gross is another's mirrored: counted once.</param>
        public static Sums Merge(Sums[] parts, TargetLayout layout, int[] withoutGross)
        {
            var merged = new Sums(hasSides: true);
            for (var s = 0; s < parts.Length; s++)
            {
                merged.Net.Merge(parts[s].Net);
                merged.NetVsCond.Merge(parts[s].NetVsCond);
                merged.Sides.Merge(parts[s].Sides);
                if (parts.Length != layout.StrategyCount || !withoutGross.Contains(s))
                    merged.Gross.Merge(parts[s].Gross);
            }
            return merged;
        }

        public ForecastScore ToScore(string name)
        {
            var net = Net.ToScore();
            var gross = Gross.ToScore();
            return new ForecastScore(
                name, net.Count, net.RSquared, NetVsCond.ToScore().RSquared, gross.Ic, gross.RSquared, Sides.ToScore().RSquared,
                net.HuberLoss, net.MeanSquaredError, net.Coverage);
        }
    }
}
