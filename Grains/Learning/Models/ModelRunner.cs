using Hts.Forecasts;

namespace Hts.Models;

/// <summary>
/// Runs a model over batches. Buffers are made once, so a batch allocates nothing but the forecasts it answers with. Holds native
/// memory when a member needs it: dispose it. Not for use by two threads at once.
/// </summary>
public sealed class ModelRunner : IDisposable
{
    private readonly IMemberRunner[] members;
    private readonly Composer composer;
    private readonly EmbeddingReturns? returns;
    private readonly float[] scaled;
    private readonly sbyte[] standing;
    private readonly double[] outputs;
    private readonly double[] part;

    internal ModelRunner(Model model, int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRows);
        Model = model;
        MaxRows = maxRows;
        composer = new Composer(model.Layout, model.Facts.CostPerFill, model.Slope, model.Ranges);
        returns = model.Returns?.Twin();
        scaled = model.Scaler is null ? [] : new float[maxRows * model.Scaler.Count];
        standing = new sbyte[maxRows * model.Layout.ActiveCount];
        outputs = new double[maxRows * model.Layout.OutputCount];
        part = new double[model.Members.Count == 0 ? 0 : outputs.Length];
        members = [.. model.Members.Select(m => m.CreateRunner(maxRows))];
    }

    public Model Model { get; }

    public int MaxRows { get; }

    /// <summary>The rule an input breaks, or null when the model can take it.</summary>
    public string? Check(ForecastInput input)
    {
        if (input.Features.Length != Model.Facts.FeatureCount)
            return $"{input.Features.Length} features, the model takes {Model.Facts.FeatureCount}";
        if (input.Standing.Length != Model.Layout.ActiveCount)
            return $"{input.Standing.Length} standing states, the model takes {Model.Layout.ActiveCount}";
        if (!double.IsFinite(input.SigmaSlot) || input.SigmaSlot < 0)
            return $"σ of {input.SigmaSlot}, finite and not negative is allowed";
        return AllFinite(input.Features) ? null : "a feature that is not finite";
    }

    /// <summary>Forecasts a batch.</summary>
    /// <param name="inputs">At most <see cref="MaxRows"/>.</param>
    /// <param name="forecasts">Receives one for each input, in order.</param>
    /// <exception cref="ArgumentException">An input does not fit (see <see cref="Check"/>), or the batch is too large.</exception>
    public void Predict(ReadOnlySpan<ForecastInput> inputs, Span<Forecast> forecasts)
    {
        if (inputs.Length > MaxRows)
            throw new ArgumentException($"A batch of {inputs.Length}; at most {MaxRows} are allowed.", nameof(inputs));
        for (var row = 0; row < inputs.Length; row++)
        {
            if (Check(inputs[row]) is { } rule)
                throw new ArgumentException($"Input {row}: {rule}.", nameof(inputs));
        }
        PredictChecked(inputs, forecasts);
    }

    public void Dispose()
    {
        foreach (var member in members)
            member.Dispose();
    }

    /// <summary>As <see cref="Predict"/>, for inputs that have passed <see cref="Check"/>.</summary>
    internal void PredictChecked(ReadOnlySpan<ForecastInput> inputs, Span<Forecast> forecasts)
    {
        for (var row = 0; row < inputs.Length; row++)
            Put(row, inputs[row].Features, inputs[row].Standing);
        Run(inputs.Length);
        for (var row = 0; row < inputs.Length; row++)
            forecasts[row] = Compose(row, inputs[row]);
    }

    /// <summary>Places one row of the batch to run.</summary>
    internal void Put(int row, ReadOnlySpan<float> features, ReadOnlySpan<sbyte> states)
    {
        Model.Scaler?.Apply(features, scaled.AsSpan(row * features.Length, features.Length));
        states.CopyTo(standing.AsSpan(row * Model.Layout.ActiveCount));
    }

    /// <summary>Runs the rows placed; gives the table plus the members' average, row after row. What a net of embeddings says is not among it.</summary>
    internal ReadOnlySpan<double> Run(int rows)
    {
        var result = outputs.AsSpan(0, rows * Model.Layout.OutputCount);
        result.Clear();
        foreach (var member in members)
        {
            member.Run(rows, scaled, part);
            for (var i = 0; i < result.Length; i++)
                result[i] += part[i] / members.Length;
        }
        Model.Cond.AddTo(Model.Layout, rows, standing, result);
        return result;
    }

    private Forecast Compose(int row, ForecastInput input)
    {
        var count = Model.Layout.StrategyCount;
        var forecast = new Forecast(new double[count], new double[count], new double[count], new double[count], new double[count])
        {
            Novelty = Model.Space?.Novelty(scaled.AsSpan(row * input.Features.Length, input.Features.Length)) ?? 0,
        };
        composer.Compose(
            outputs.AsSpan(row * Model.Layout.OutputCount, Model.Layout.OutputCount), input.SigmaSlot, forecast.Gross, forecast.Sides, forecast.Net);
        returns?.PutInto(forecast, input.Features, Model.Facts.CostPerFill);
        for (var s = 0; s < count; s++)
        {
            var stands = Model.Layout.Stands(s, input.Standing);
            forecast.Lower[s] = forecast.Net[s] + (input.SigmaSlot * Model.Intervals.LowerOf(s, stands));
            forecast.Upper[s] = forecast.Net[s] + (input.SigmaSlot * Model.Intervals.UpperOf(s, stands));
        }
        return forecast;
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (!float.IsFinite(value))
                return false;
        return true;
    }
}
