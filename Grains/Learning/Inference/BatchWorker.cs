using Hts.Forecasts;

namespace Hts.Inference;

/// <summary>Answers a batch of requests on the inference thread, model by model.</summary>
internal sealed class BatchWorker(int maxBatch)
{
    private readonly PendingForecast?[] group = new PendingForecast?[maxBatch];
    private readonly ForecastInput[] inputs = new ForecastInput[maxBatch];
    private readonly Forecast[] forecasts = new Forecast[maxBatch];

    /// <param name="failed">Told of a batch that threw; its requests have been answered with the error.</param>
    public void Run(Span<PendingForecast> batch, Action<Exception, int> failed)
    {
        // Mostly one model; requests of others are moved together behind it and run in turn.
        for (var left = batch; left.Length > 0;)
        {
            var model = left[0].Model;
            var count = 0;
            var others = 0;
            foreach (var request in left)
            {
                if (request.Model != model)
                    left[others++] = request;
                else if (request.Cancellation.IsCancellationRequested)
                    request.Fail(new OperationCanceledException(request.Cancellation));
                else
                    group[count++] = request;
            }
            RunGroup(model, count, failed);
            left = left[..others];
        }
        Array.Clear(group, 0, batch.Length);
        Array.Clear(inputs, 0, batch.Length);
        Array.Clear(forecasts, 0, batch.Length);
    }

    private void RunGroup(LoadedModel model, int count, Action<Exception, int> failed)
    {
        var done = 0;
        try
        {
            for (var i = 0; i < count; i++)
                inputs[i] = group[i]!.Input;
            model.Runner.PredictChecked(inputs.AsSpan(0, count), forecasts);
            for (; done < count; done++)
            {
                if (InferenceEngine.IsFinite(forecasts[done]))
                    group[done]!.Complete(forecasts[done]);
                else
                    group[done]!.Fail(new InvalidOperationException("The model puts out a value that is not finite."));
            }
        }
        catch (Exception e)
        {
            failed(e, count - done);
            for (; done < count; done++)
                group[done]!.Fail(e);
        }
    }
}
