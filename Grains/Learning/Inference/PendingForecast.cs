using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using Hts.Forecasts;

namespace Hts.Inference;

/// <summary>One forecast on its way. Goes back to its pool when its answer is taken, so a steady stream of forecasts makes none anew.</summary>
internal sealed class PendingForecast(ConcurrentQueue<PendingForecast> pool) : IValueTaskSource<Forecast>
{
    // Continuations must not run on the inference thread: they belong to callers.
    private ManualResetValueTaskSourceCore<Forecast> source = new() { RunContinuationsAsynchronously = true };

    public LoadedModel Model { get; private set; } = null!;

    public ForecastInput Input { get; private set; } = null!;

    public CancellationToken Cancellation { get; private set; }

    /// <summary>Fills the request; must come before it is queued.</summary>
    public ValueTask<Forecast> Begin(LoadedModel model, ForecastInput input, CancellationToken cancellation)
    {
        Model = model;
        Input = input;
        Cancellation = cancellation;
        return new ValueTask<Forecast>(this, source.Version);
    }

    public void Complete(Forecast forecast)
    {
        Model.Release();
        source.SetResult(forecast);
    }

    public void Fail(Exception error)
    {
        Model.Release();
        source.SetException(error);
    }

    /// <summary>Puts an unused request back: nobody waits for it.</summary>
    public void Abandon()
    {
        Model.Release();
        Return();
    }

    Forecast IValueTaskSource<Forecast>.GetResult(short token)
    {
        try
        {
            return source.GetResult(token);
        }
        finally
        {
            if (token == source.Version)
                Return();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<Forecast>.GetStatus(short token) => source.GetStatus(token);

    void IValueTaskSource<Forecast>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);

    private void Return()
    {
        source.Reset();
        Input = null!;
        Model = null!;
        Cancellation = default;
        pool.Enqueue(this);
    }
}
