using Hts.Bars;
using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Feeds;
using Hts.Files;
using Hts.Time;
using Hts.Trades;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Load.Chaos;

/// <summary>
/// Plays hours of recorded trades at high speed from a built-in exchange with every fault there is, through the real client and session,
/// and compares the bars with those of the undisturbed tape, bit for bit.
/// </summary>
internal sealed class ChaosRun(ChaosOptions options)
{
    private const long HourMs = 3_600_000;

    /// <summary>Market time without new faults at the end, so that what is under way is repaired.</summary>
    private const long CalmMs = HourMs;

    private const int MoreLooks = 120;
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);
    private static readonly Grid Grid = Grid.Default;

    public async Task<ChaosReport> Run(CancellationToken cancellation)
    {
        var plan = new FaultPlan(new FaultOptions { Seed = options.Seed, SlowSeconds = 1.5 }.AddChaos());
        var folder = TapeBuilder.Build(options.Tape, options.Work, new ReadReport());
        using var files = FileTape.Open(folder, FileTape.Spans(folder).ToDictionary(s => s.Symbol, _ => 0L));
        var tape = new HaltedTape(files, plan);
        var fromTs = Grid.BarOf(tape.FirstTs(options.Symbol) + (long)(options.SkipHours * HourMs));
        var toTs = fromTs + (long)(options.Hours * HourMs);
        var clock = new MarketClock(
            TimeProvider.System, TimeProvider.System.GetUtcNow(), DateTimeOffset.FromUnixTimeMilliseconds(fromTs + 1_000), options.Speed);
        await using var server = await ExchangeServer.Start(
            tape, clock, TimeProvider.System, new ExchangeServerOptions { TickMs = 10, ConnectionHours = 1, Faults = plan }, NullLoggerFactory.Instance,
            cancellation);
        await using var services = Services(server, clock);
        var mirror = new MarketMirror(Grid);
        var session = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<FeedSessionOptions>>().Value;
        await using (var feed = new FeedSession(services.GetRequiredService<IExchange>(), mirror, clock, Grid, session, NullLogger.Instance))
        {
            mirror.Store(Before(tape, fromTs));
            feed.Carry([options.Symbol]);
            await WaitFor(clock, toTs, cancellation);
            plan.IsCalm = true;
            await WaitFor(clock, toTs + CalmMs, cancellation);
            // A busy machine needs longer for the last repairs.
            for (var look = 0; look < MoreLooks && Compare(tape, fromTs, toTs, mirror, plan).Differences.Count > 0; look++)
                await Task.Delay(LookPause, cancellation);
        }

        return Compare(tape, fromTs, toTs, mirror, plan);
    }

    private static ServiceProvider Services(ExchangeServer server, MarketClock clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton(TimeProvider.System);
        services.AddBinanceExchange();
        services.Configure<FeedOptions>(feed =>
        {
            (feed.RestUrl, feed.WebSocketUrl) = (server.RestUrl, server.WebSocketUrl);
            (feed.SilenceSeconds, feed.TimeoutSeconds) = (2, 1);
        });
        services.Configure<FeedSessionOptions>(feed =>
        {
            (feed.BackfillDays, feed.ReconnectMs, feed.StatusSeconds, feed.ConnectionHours) = (0, 10, 1, 2);
            // Bars out of klines have no ids: on a busy machine a feed that is seconds late would not be like the tape bit for bit.
            feed.KlineMinutes = 1_440;
        });
        return services.BuildServiceProvider();
    }

    private static Task WaitFor(MarketClock clock, long ts, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(ts - clock.NowMs), clock, cancellation);

    private ChaosReport Compare(HaltedTape tape, long fromTs, long toTs, MarketMirror mirror, FaultPlan plan)
    {
        var (bars, holes) = (mirror.Bars, mirror.Holes);
        var differences = new List<string>();
        var (count, halted) = (0, 0);
        var lastTradeTs = fromTs;
        foreach (var bar in Undisturbed(tape, fromTs, toTs))
        {
            count++;
            if (bars.TryGetValue(bar.Ts, out var stored))
            {
                if (stored != bar)
                    differences.Add($"{stored} instead of {bar}");
                if (holes.Contains(bar.Ts))
                    differences.Add($"{Timestamps.Iso(bar.Ts)} is stored and marked as missing");
            }
            else if (bar.Trades > 0 || !holes.Contains(bar.Ts) || !WasHalted(tape, lastTradeTs, bar.Ts + Grid.BarMs))
            {
                differences.Add($"{Timestamps.Iso(bar.Ts)} lacks{(holes.Contains(bar.Ts) ? " and is marked" : "")}: {bar}");
            }
            else
            {
                halted++;
            }

            if (bar.Trades > 0)
                lastTradeTs = bar.Ts;
        }

        return new ChaosReport(
            count, halted, mirror.Revised, differences, Enum.GetValues<FaultKind>().ToDictionary(kind => kind, kind => plan[kind]));
    }

    /// <summary>The bar that is stored when the run begins, with the last trade before it.</summary>
    private Bar Before(HaltedTape tape, long fromTs)
    {
        var last = new Trade[1];
        tape.Read(options.Symbol, tape.IdAt(options.Symbol, fromTs) - 1, last);
        return Bar.Flat(fromTs - Grid.BarMs, last[0].Price, last[0].Id);
    }

    private bool WasHalted(HaltedTape tape, long fromTs, long toTs)
    {
        for (var ts = fromTs; ts < toTs; ts += 1_000)
        {
            if (tape.IsHalted(options.Symbol, ts))
                return true;
        }

        return false;
    }

    private IEnumerable<Bar> Undisturbed(HaltedTape tape, long fromTs, long toTs)
    {
        var aggregator = new BarAggregator(Grid, new AggregatorOptions { MaxQuietMs = long.MaxValue });
        aggregator.Seed(Before(tape, fromTs));
        var trades = new Trade[256];
        for (var id = tape.IdAt(options.Symbol, fromTs); tape.Read(options.Symbol, id, trades) is > 0 and var read; id += read)
        {
            for (var i = 0; i < read; i++)
            {
                if (trades[i].Ts >= toTs)
                    break;
                aggregator.Add(trades[i]);
            }

            while (aggregator.TryTake(out var change))
                yield return change.Bar;
            if (trades[read - 1].Ts >= toTs)
                break;
        }

        aggregator.AdvanceTo(toTs);
        while (aggregator.TryTake(out var change))
            yield return change.Bar;
    }
}
