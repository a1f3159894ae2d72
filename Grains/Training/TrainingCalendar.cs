using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>When trainings are due, in market time, and when a failed one is tried again. Instants are Unix ms UTC.</summary>
internal sealed class TrainingCalendar(MarketClock clock, IOptions<TrainingScheduleOptions> options)
{
    private const int RetryGrowth = 4;

    private readonly TrainingScheduleOptions options = options.Value;
    private readonly long interval = options.Value.IntervalSeconds * 1000L;

    /// <summary>The training hour that is running.</summary>
    public long Hour => clock.NowMs / interval * interval;

    /// <summary>The training hour a reminder is for: it may come a little early or late.</summary>
    public long HourOfReminder => (clock.NowMs + (interval / 20)) / interval * interval;

    /// <summary>When the next training hour begins.</summary>
    public long NextHour => Hour + interval;

    /// <summary>The hours after a training that had no training before <paramref name="hour"/>, oldest first.</summary>
    /// <param name="runTs">The instant of the newest training; 0 when there was none.</param>
    public IEnumerable<long> LeftOut(long runTs, long hour)
    {
        if (runTs == 0)
            yield break;
        for (var ts = (runTs / interval * interval) + interval; ts < hour; ts += interval)
            yield return ts;
    }

    /// <summary>When a run that failed now is tried again; null when it is not, for the next hour comes first or it failed too often.</summary>
    /// <param name="attempt">How often it was tried, at least 1.</param>
    public long? RetryAt(int attempt)
    {
        if (attempt >= options.Attempts)
            return null;
        // What makes a training fail passes in real time, however fast the market's clock runs.
        var pause = clock.FromReal(TimeSpan.FromSeconds(options.RetrySeconds * Math.Pow(RetryGrowth, attempt - 1)));
        var at = clock.NowMs + (long)pause.TotalMilliseconds;
        return at < NextHour ? at : null;
    }
}
