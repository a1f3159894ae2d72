using Polly;
using Polly.Retry;

namespace Hts.SageMaker;

/// <summary>When a call is made again.</summary>
internal static class SageMakerRetries
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Passing faults so often, with growing pauses that differ by chance; expired credentials once, with those that
    /// <paramref name="refresh"/> makes room for. Each attempt is signed anew.
    /// </summary>
    public static ResiliencePipeline Create(int retries, TimeProvider time, Action refresh)
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time };
        if (retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                ShouldHandle = new PredicateBuilder().Handle<AmazonSageMakerException>(e => e.IsPassing),
            });
        }
        return pipeline.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.Zero,
            ShouldHandle = new PredicateBuilder().Handle<AmazonSageMakerException>(e => e.IsExpired),
            OnRetry = _ =>
            {
                refresh();
                return default;
            },
        }).Build();
    }
}
