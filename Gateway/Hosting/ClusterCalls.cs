using Hts.Problems;

namespace Hts.Hosting;

/// <summary>Calls that only read: one that the cluster refused to run, because a silo just went, is made again at once.</summary>
internal sealed class ClusterCalls(IGrainFactory grains, TimeProvider time)
{
    private const int Attempts = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<T> Read<T, TState>(TState state, Func<IGrainFactory, TState, Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(grains, state);
            }
            catch (Exception e) when (attempt < Attempts && ClusterFaults.IsRepeatable(e))
            {
                await Task.Delay(Pause, time);
            }
        }
    }
}
