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
    private int checksToStatus;

    public async Task Run(CancellationToken cancellation)
    {
        var checkEvery = clock.ToReal(TimeSpan.FromSeconds(options.VerifyQuietSeconds / 8.0));
        await Task.WhenAll(
            Every(ShortestCheck, LookAtStatus, cancellation),
            Every(checkEvery > ShortestCheck ? checkEvery : ShortestCheck, stop => quiet.Look(feeds(), stop), cancellation),
            Every(CountEvery, _ => Count(), cancellation));
        // What came since the last minute must not go with the session.
        await Try(_ => Count(), CancellationToken.None);
    }

    private async Task Every(TimeSpan period, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            do
            {
                await Try(work, cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The session ends.
        }
    }

    private async Task Try(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // The next turn tries again; a lost connection shows by itself.
            LogChoreFailed(logger, e.Message);
        }
    }

    // Read at once for a symbol that is new here: until then nobody knows whether its silence is a halt.
    private async Task LookAtStatus(CancellationToken cancellation)
    {
        var told = feeds();
        if (told.Count == 0 || (--checksToStatus > 0 && told.All(f => f.Trading.WasAsked)))
            return;
        checksToStatus = (int)(TimeSpan.FromSeconds(options.StatusSeconds) / ShortestCheck);
        foreach (var feed in told)
            feed.Trading.Ask();
        try
        {
            var trading = (await exchange.Symbols(cancellation)).Where(s => s.IsTrading).Select(s => s.Name).ToHashSet();
            foreach (var feed in told)
                feed.Trading.Tell(trading.Contains(feed.Symbol), clock.NowMs);
        }
        catch
        {
            foreach (var feed in told)
                feed.Trading.Miss();
            throw;
        }
    }

    private async Task Count()
    {
        var taken = feeds().Select(feed => (Feed: feed, Tally: feed.Counts.Take())).Where(t => !t.Tally.IsEmpty).ToArray();
        if (taken.Length == 0)
            return;
        try
        {
            await sink.Count([.. taken.Select(t => KeyValuePair.Create(t.Feed.Symbol, t.Tally))]);
        }
        catch
        {
            foreach (var (feed, tally) in taken)
                feed.Counts.Add(tally);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A look at the exchange failed and is tried again: {Cause}")]
    private static partial void LogChoreFailed(ILogger logger, string cause);
}
