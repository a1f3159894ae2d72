namespace Hts.Exchange.Faults;

/// <summary>What goes wrong with REST requests.</summary>
internal sealed class RestFaults(FaultPlan plan)
{
    private const int QuietSeconds = 5;
    private const int BanSeconds = 120;
    private const long LagMs = 20_000;

    /// <summary>Waits for a slow answer.</summary>
    /// <exception cref="RestException">The request is refused.</exception>
    public async Task Meet(CancellationToken cancellation)
    {
        if (plan.HitsNext(FaultKind.TooMany))
            throw RestException.TooMuch(QuietSeconds);
        if (plan.HitsNext(FaultKind.Ban))
            throw new RestException(418, -1003, "Way too many requests; this address is banned.") { RetryAfterSeconds = BanSeconds };
        if (plan.HitsNext(FaultKind.ServerError))
            throw new RestException(503, 0, "<html>Service unavailable</html>");
        if (plan.HitsNext(FaultKind.Slow))
            await Task.Delay(TimeSpan.FromSeconds(plan.Options.SlowSeconds), cancellation);
    }

    /// <summary>The instant up to which trades are known to REST.</summary>
    public long KnownUntil(long nowMs) => plan.HitsNext(FaultKind.Lag) ? nowMs - LagMs : nowMs;

    /// <summary>How many bytes of an answer are sent.</summary>
    public int Cut(int length) => plan.HitsNext(FaultKind.Cut) ? length / 2 : length;
}
