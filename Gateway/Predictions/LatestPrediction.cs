using System.Text.Json;
using Hts.Hosting;
using Hts.Json;
using Hts.Problems;

namespace Hts.Predictions;

/// <summary>
/// The newest prediction of one symbol, ready to be sent. An answer is used only while no live message came after the question to the
/// predictor was put, and only for a moment, since a live message may be lost.
/// </summary>
internal sealed class LatestPrediction(string symbol, ClusterCalls cluster, TimeProvider time, TimeSpan moment)
{
    private readonly Lock gate = new();
    private int version;
    private volatile Answer? answer;
    private (int Version, Task<IResult> Task)? pending;

    /// <summary>Something changed: what was asked before does not count any more.</summary>
    public void Invalidate() => Interlocked.Increment(ref version);

    public ValueTask<IResult> Get() =>
        answer is { } last && last.Version == Volatile.Read(ref version) && time.GetElapsedTime(last.TakenAt) < moment
            ? ValueTask.FromResult(last.Result)
            : new ValueTask<IResult>(Ask());

    // One question for all who wait, but never one that was put before the newest change.
    private Task<IResult> Ask()
    {
        lock (gate)
        {
            var now = Volatile.Read(ref version);
            if (pending is { } open && open.Version == now && !open.Task.IsCompleted)
                return open.Task;
            var task = Fetch(now);
            pending = (now, task);
            return task;
        }
    }

    private async Task<IResult> Fetch(int asked)
    {
        await Task.Yield();
        var taken = time.GetTimestamp();
        var newest = await cluster.Read(symbol, static (grains, s) => grains.GetGrain<IStrategyPredictorGrain>(s).Newest());
        IResult result = newest is null
            ? Problem.NoPrediction(symbol)
            : new CachedJson(JsonSerializer.SerializeToUtf8Bytes(PredictionView.From(newest), GatewayJson.Default.PredictionView));
        answer = new Answer(asked, taken, result);
        return result;
    }

    private sealed record Answer(int Version, long TakenAt, IResult Result);
}
