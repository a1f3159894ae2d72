using Hts.Time;
using Microsoft.Extensions.Logging;

namespace Hts.Feeds;

/// <summary>What a session does beside its connection, again and again.</summary>
/// <param name="feeds">The symbols carried now.</param>
/// <param name="cut">Gives up the present connection, for a reason.</param>
internal sealed partial class FeedChores(
    IExchange exchange, IFeedSink sink, MarketClock clock, FeedSessionOptions options, Func<IReadOnlyCollection<SymbolFeed>> feeds,
    Action<string> cut, ILogger logger)
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestCheck = TimeSpan.FromMilliseconds(250);

    private readonly QuietCheck quiet = new(exchange, clock, options, cut);

    public Task Run(CancellationToken cancellation)
    {
        var checkEvery = clock.ToReal(TimeSpan.FromSeconds(options.VerifyQuietSeconds / 8.0));
        return Task.WhenAll(
            Every(TimeSpan.FromSeconds(options.StatusSeconds), ReadStatus, cancellation),
            Every(checkEvery > ShortestCheck ? checkEvery : ShortestCheck, stop => quiet.Look(feeds(), stop), cancellation),
            Every(CountEvery, _ => Count(), cancellation));
    }

    private async Task Every(TimeSpan period, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            do
            {
                try
                {
                    await work(cancellation);
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested)
                {
                    // The next turn tries again; a lost connection shows by itself.
                    LogChoreFailed(logger, e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The session ends.
        }
    }

    private async Task ReadStatus(CancellationToken cancellation)
    {
        if (feeds().Count == 0)
            return;
        var trading = (await exchange.Symbols(cancellation)).Where(s => s.IsTrading).Select(s => s.Name).ToHashSet();
        foreach (var feed in feeds())
            feed.SetTrading(trading.Contains(feed.Symbol));
    }

    private Task Count()
    {
        var tallies = feeds().Select(f => KeyValuePair.Create(f.Symbol, f.TakeTally())).Where(t => !t.Value.IsEmpty).ToArray();
        return tallies.Length == 0 ? Task.CompletedTask : sink.Count(tallies);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A look at the exchange failed and is tried again: {Cause}")]
    private static partial void LogChoreFailed(ILogger logger, string cause);
}
