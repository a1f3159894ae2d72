using Hts.Scores;

namespace Hts.Evaluation;

/// <summary>Deciles of the gross forecasts in σ units against what came of them.</summary>
internal static class CalibrationCurve
{
    private const int Bins = 10;

    public static IReadOnlyList<CalibrationBin> Of(Walk walk, WalkDays days, RecipeForecasts served, DayBlockBootstrap bootstrap)
    {
        List<(double Forecast, double Realised, int Day)> points = [];
        for (var row = walk.ScoredFrom; row < walk.Data.Count; row++)
            for (var s = 0; s < walk.Layout.StrategyCount; s++)
            {
                if (s != walk.Layout.ShortIndex)
                    points.Add((served.GrossOf(row)[s] / walk.Data.Sigma(row), walk.Data.Gross(row)[s] / walk.Data.Sigma(row), days.Scored[row]));
            }
        points.Sort((a, b) => a.Forecast.CompareTo(b.Forecast));
        List<CalibrationBin> bins = [];
        for (var bin = 0; bin < Bins; bin++)
        {
            var sums = new double[bootstrap.Days];
            var counts = new double[bootstrap.Days];
            double forecast = 0;
            var from = points.Count * bin / Bins;
            var to = points.Count * (bin + 1) / Bins;
            for (var i = from; i < to; i++)
            {
                forecast += points[i].Forecast / (to - from);
                sums[points[i].Day] += points[i].Realised;
                counts[points[i].Day]++;
            }
            bins.Add(new CalibrationBin(forecast, Measure.Of(sums.Sum() / counts.Sum(), bootstrap.Ratio(sums, counts))));
        }
        return bins;
    }
}
