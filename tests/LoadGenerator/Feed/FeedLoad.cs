using System.Diagnostics;
using System.Text.Json;
using Hts.Exchange;
using Hts.Load.Figures;
using Hts.Load.Hosting;
using Hts.Postgres;
using Hts.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hts.Load.Feed;

/// <summary>One run: an exchange in this process, the silo as its child, a listener on its live hub, then the figures.</summary>
internal sealed class FeedLoad(FeedPlan plan, TimeProvider time)
{
    private const int BarMs = 15_000;

    /// <summary>The tape's age at the start: enough for the first catch-up to have something to fetch.</summary>
    private const long HistoryMs = 600_000;

    private const int SlowestEnds = 3;
    private const int HeapEverySeconds = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);

    /// <summary>How long after its end a bar may still come before it counts as missing.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<int> Run(CancellationToken cancellation)
    {
        using var data = new TempFolder();
        var tape = new SteadyTape(plan.Symbols, plan.Rate, plan.Seed, (NowMs - HistoryMs) / 60_000 * 60_000);
        await using var exchange = await ExchangeServer.Start(
            tape, new MarketClock(time), time, new ExchangeServerOptions(), NullLoggerFactory.Instance, cancellation);
        await using var silo = SiloChild.Serve(data.Path, Path.ChangeExtension(plan.ReportFile, ".log"), Settings(exchange, tape));
        var began = Stopwatch.GetTimestamp();
        await silo.Ready(StartPatience, cancellation);
        Console.WriteLine($"ready after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; {plan.Symbols:N0} symbols, {tape.TradesPerSecond:N0} trades/s");

        await using var bars = new BarArrivals(new Uri(silo.Http.BaseAddress!, "/hubs/live"), BarMs, time);
        await bars.Listen(tape.Symbols, cancellation);
        await AllLive(bars, cancellation);
        var live = Stopwatch.GetElapsedTime(began);
        Console.WriteLine($"all live after {live.TotalSeconds:0.0} s");

        var livingFirst = await LivingObjects.Megabytes(silo.Pid);
        var fromMs = ((NowMs / BarMs) + 1) * BarMs;
        await Task.Delay(TimeSpan.FromMilliseconds(fromMs - NowMs), time, cancellation);
        var use = await Watch(silo, data.Path, cancellation);
        await Task.Delay(Grace, time, cancellation);
        var living = (livingFirst, await LivingObjects.Megabytes(silo.Pid));

        var report = await Report(tape, bars, fromMs, use, living, live, data.Path, cancellation);
        await File.WriteAllTextAsync(plan.ReportFile, JsonSerializer.Serialize(report, Json), cancellation);
        Console.WriteLine(report);
        return 0;
    }

    private IEnumerable<(string, string)> Settings(ExchangeServer exchange, SteadyTape tape) =>
    [
        ("Feed:RestUrl", exchange.RestUrl),
        ("Feed:WebSocketUrl", exchange.WebSocketUrl),
        ("Feed:BackfillDays", "0"),
        .. tape.Symbols.Select((symbol, i) => ($"Feed:Symbols:{i}", symbol)),
        .. plan.Settings,
    ];

    private async Task AllLive(BarArrivals bars, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (bars.SymbolsSince(NowMs - (2 * BarMs)) < plan.Symbols)
        {
            if (Stopwatch.GetElapsedTime(began) > StartPatience)
            {
                Console.WriteLine($"only {bars.SymbolsSince(NowMs - (2 * BarMs)):N0} of {plan.Symbols:N0} symbols are live after {StartPatience}: measured as it is");
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation);
        }
    }

    private async Task<SiloUse> Watch(SiloChild silo, string dataDir, CancellationToken cancellation)
    {
        await using var heap = new GcHeap(silo.Pid, HeapEverySeconds);
        var use = new SiloUse(silo.Pid, dataDir, heap);
        using var timer = new PeriodicTimer(SampleEvery, time);
        do
        {
            use.Sample();
        }
        while (use.Elapsed < plan.Duration && await timer.WaitForNextTickAsync(cancellation));
        return use;
    }

    private async Task<FeedReport> Report(
        SteadyTape tape, BarArrivals bars, long fromMs, SiloUse use, (double First, double Last) living, TimeSpan live, string dataDir,
        CancellationToken cancellation)
    {
        var untilMs = fromMs + ((long)plan.Duration.TotalMilliseconds / BarMs * BarMs);
        var expected = plan.Symbols * (untilMs - fromMs) / BarMs;
        var lags = bars.Lags(fromMs, untilMs);
        await using var lease = await EmbeddedPostgres.ConnectOrStart(
            new EmbeddedPostgresOptions { DataDir = dataDir }, time, NullLogger<EmbeddedPostgres>.Instance, cancellation);
        await using var database = NpgsqlDataSource.Create(lease.ConnectionString);
        var stored = await StoredBars.Read(database, BarMs, fromMs, untilMs, cancellation);
        return new FeedReport
        {
            Symbols = plan.Symbols,
            Minutes = plan.Duration.TotalMinutes,
            TradesPerSecond = tape.TradesPerSecond,
            SecondsToLive = live.TotalSeconds,
            ExpectedBars = expected,
            PublishedBars = lags.Count,
            Published = Spread.Of(lags),
            SlowestEnds = bars.SlowestEnds(fromMs, untilMs, SlowestEnds),
            StoredBars = stored.KnownMs.Count,
            Known = Spread.Of(stored.KnownMs),
            Revised = stored.Revised,
            Gaps = stored.Gaps,
            DatabaseMegabytes = stored.Megabytes,
            SiloCpu = use.SiloCores,
            DatabaseCpu = use.DatabaseCores,
            ExchangeCpu = use.OwnCores,
            LoadAverage = use.LoadAverage,
            Resident = use.Resident,
            Anonymous = use.Anonymous,
            Heap = use.Heap,
            LivingFirst = living.First,
            LivingLast = living.Last,
            Samples = use.Samples,
        };
    }
}
