using Hts.DataSets;
using Hts.Forecasts;
using Hts.Gates;
using Hts.Models;
using Hts.Policies;
using Hts.Scores;
using Hts.Training;

namespace Hts.Proofs;

/// <summary>Forecasts of a model over rows it was not trained on, beside what came and what could have been known.</summary>
internal sealed class ProofForecasts
{
    private readonly DataSet data;
    private readonly Model model;
    private readonly int[] rows;
    private readonly double[] truth;
    private readonly ForecastTable table;

    /// <param name="truth">Of each row the known mean of the slot's move in σ.</param>
    public ProofForecasts(DataSet data, Model model, int[] rows, double[] truth)
    {
        this.data = data;
        this.model = model;
        this.rows = rows;
        this.truth = truth;
        table = ForecastTable.Of(data, model, rows);
    }

    /// <summary>Correlation of forecast and realised gross of all strategies but the mirrored short hold, σ units.</summary>
    public BlockedIc GrossIc
    {
        get
        {
            int[] strategies = [.. model.Layout.Active, model.Layout.LongIndex];
            return Ic(
                (i, s) => table.Gross[(i * table.Strategies) + s] / data.Sigma(rows[i]), strategies);
        }
    }

    /// <summary>Correlation of forecast and realised gross of the long hold, σ units: the market's direction.</summary>
    public BlockedIc DirectionIc => Ic((i, s) => table.Gross[(i * table.Strategies) + s] / data.Sigma(rows[i]), [model.Layout.LongIndex]);

    /// <summary>The same of a forecaster who knows the conditional mean.</summary>
    public BlockedIc OracleIc => Ic((i, _) => truth[i], [model.Layout.LongIndex]);

    /// <summary>Share of slots in which the selection rule picks a strategy, and the mean net return of a slot under it, basis points.</summary>
    public (double Share, double MeanBp) Policy()
    {
        var rule = new SelectionRule();
        var picks = 0;
        double sum = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var forecast = new Forecast(Of(table.Net, i), Of(table.Lower, i), Of(table.Upper, i), Of(table.Gross, i), Of(table.Sides, i));
            if (rule.Choose(forecast).Strategy is not { } pick)
                continue;
            picks++;
            sum += data.Net(rows[i], pick);
        }
        return ((double)picks / rows.Length, sum / rows.Length * 1e4);
    }

    /// <summary>The gate's word on the model in the place of a champion with these forecasts of the same rows.</summary>
    /// <param name="minDays">Full days that it asks for.</param>
    public GateDecision Decide(ForecastTable champion, IReadOnlyList<PlaceboScore> placebos, int minDays)
    {
        var mine = table.Losses(data);
        var others = champion.Losses(data);
        var conds = Cond().Losses(data);
        var slots = rows.Select((row, i) => new GateSlot(data.BaseTs[row], others[i], mine[i], conds[i], data.Symbol[row]));
        var days = GateDays.Of(slots, (int)(GateDay.Ms / data.Header.SlotMs), withChampion: true);
        return PromotionGate.Decide(new GateInput
        {
            ChallengerVersion = "model",
            ChampionVersion = "rival",
            Evidence = GateEvidence.WalkForward,
            DecidedAt = data.BaseTs[rows[^1]] + data.Header.SlotMs,
            Days = days,
            NonFinite = mine.Count(loss => !double.IsFinite(loss)),
            GrossIc = GrossIc.Value,
            GrossIcDays = days.Count,
            Placebos = GatePlacebos.Of(placebos, leak: null),
            Options = new GateOptions { MinPastDays = minDays },
        });
    }

    /// <summary>The table of means alone, as trained with the model.</summary>
    public ForecastTable Cond() => ForecastTable.Of(data, With([], slope: 1), rows);

    /// <summary>The same model without a word on direction: what is left is the cost.</summary>
    public ForecastTable WithoutDirection() => ForecastTable.Of(data, With(model.Members, slope: 0), rows);

    private Model With(IReadOnlyList<Member> members, double slope) =>
        new(model.Facts, model.Cond, members, members.Count > 0 ? model.Scaler : null, slope, model.Ranges, model.Intervals);

    private BlockedIc Ic(Func<int, int, double> forecast, int[] strategies)
    {
        var ts = Array.ConvertAll(rows, row => data.BaseTs[row]);
        var forecasts = new double[rows.Length * strategies.Length];
        var labels = new double[forecasts.Length];
        for (var i = 0; i < rows.Length; i++)
            for (var c = 0; c < strategies.Length; c++)
            {
                forecasts[(i * strategies.Length) + c] = forecast(i, strategies[c]);
                labels[(i * strategies.Length) + c] = data.Gross(rows[i])[strategies[c]] / data.Sigma(rows[i]);
            }
        return BlockedIc.Of(ts, forecasts, labels, strategies.Length);
    }

    private double[] Of(double[] values, int i) => values.AsSpan(i * table.Strategies, table.Strategies).ToArray();
}
