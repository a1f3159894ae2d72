using Hts.Ledgers;
using Hts.Models;
using Hts.Scores;
using Hts.Strategies;

namespace Hts.History;

/// <summary>Scores ledger entries as they pass by. Returns are in percent.</summary>
internal sealed class Scorekeeper(StrategySet strategies, IReadOnlyDictionary<string, ModelRow> models)
{
    private readonly ScoreAccumulator[] forecasts = [.. strategies.Names.Select(_ => new ScoreAccumulator())];
    private readonly ScoreAccumulator[] means = [.. strategies.Names.Select(_ => new ScoreAccumulator())];
    private int predicted;
    private int explained;
    private int settled;
    private int picks;
    private double pickReturn;

    public void Add(LedgerEntry entry)
    {
        var row = entry.Row;
        if (row.PredictedPct is not { } forecast)
        {
            explained++;
            return;
        }
        predicted++;
        if (entry.Settlement?.OutcomePct is not { } outcome)
            return;
        settled++;
        if (row.Pick is { } pick && strategies.Names.ToList().IndexOf(pick) is >= 0 and var chosen)
        {
            picks++;
            pickReturn += outcome[chosen];
        }
        var mean = row.ModelVersion is { } version ? models.GetValueOrDefault(version)?.MeanPct : null;
        for (var i = 0; i < forecast.Length; i++)
        {
            forecasts[i].Add(new Scoring(outcome[i], forecast[i], 0, 1, row.LowerPct?[i] ?? double.NaN, row.UpperPct?[i] ?? double.NaN));
            if (mean is not null)
                means[i].Add(new Scoring(outcome[i], mean[i], 0, 1, double.NaN, double.NaN));
        }
    }

    public ScorecardMessage ToMessage(string? symbol, long fromTs, long toTs) => new(
        symbol, fromTs, toTs, predicted, explained, settled, picks, picks > 0 ? pickReturn / picks : null,
        [.. strategies.Names.Select((name, i) => ScoreOf(name, forecasts[i].ToScore(), means[i].ToScore()))]);

    private static StrategyScore ScoreOf(string name, Score forecast, Score mean) =>
        new(name, (int)forecast.Count, forecast.MeanSquaredError, mean.MeanSquaredError, forecast.Ic, forecast.Coverage);
}
