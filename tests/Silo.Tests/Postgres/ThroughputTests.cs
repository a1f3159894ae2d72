using System.Diagnostics;
using Hts.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Tests.Postgres;

/// <summary>Figures of the writers. Limits are ratios within one run, or far above what a quiet machine needs: they catch a lost index, not a slow day.</summary>
public sealed class ThroughputTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const long Start = 1_700_000_400_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_back_fill_reaches_half_of_a_raw_copy()
    {
        const int count = 200_000;
        var bars = Sample.Bars(Start, count);
        var best = 0.0;
        for (var round = 0; round < 5 && best < 0.5; round++)
        {
            var connectionString = await postgres.NewDatabase();
            await using var store = await PostgresFixture.Open(connectionString);
            var raw = await Time(() => RawCopy(connectionString, bars));
            var fill = await Time(() => store.Bars.Write("BTC", bars, Cancellation));
            best = Math.Max(best, raw / fill);
            output.WriteLine($"raw COPY {count / raw:0} bars/s, back-fill {count / fill:0} bars/s, ratio {raw / fill:0.00}");
        }

        best.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public async Task A_burst_of_a_bar_for_each_of_10_000_symbols_is_durable_at_once()
    {
        await using var store = await PostgresFixture.Open(await postgres.NewDatabase());
        var symbols = Enumerable.Range(0, 10_000).Select(i => $"S{i}").ToArray();
        var bars = Sample.Bars(Start, 6);
        var seconds = new List<double>();
        foreach (var bar in bars)
            seconds.Add(await Time(() => Task.WhenAll(symbols.Select(s => store.Bars.Write(s, [bar], Cancellation)))));

        output.WriteLine($"10,000 bars: first {seconds[0] * 1000:0} ms (new symbols), then {string.Join(", ", seconds.Skip(1).Select(s => $"{s * 1000:0}"))} ms");
        seconds.Skip(1).Min().ShouldBeLessThan(3);
    }

    [Fact]
    public async Task Ledger_rows_and_settlements_of_10_000_symbols_are_durable_at_once()
    {
        await using var store = await PostgresFixture.Open(await postgres.NewDatabase());
        var symbols = Enumerable.Range(0, 10_000).Select(i => $"S{i}").ToArray();
        var record = new List<double>();
        var settle = new List<double>();
        for (var slot = 0; slot < 4; slot++)
        {
            var rows = symbols.Select(s => Sample.Row(s, Start + (slot * Sample.SlotMs))).ToArray();
            record.Add(await Time(() => Task.WhenAll(rows.Select(r => store.Ledger.Record(r, Cancellation)))));
            settle.Add(await Time(() => Task.WhenAll(rows.Select(r => store.Ledger.Settle(Sample.Settled(r), Cancellation)))));
        }

        output.WriteLine($"10,000 predictions: {Ms(record)} ms; settlements: {Ms(settle)} ms");
        record.Min().ShouldBeLessThan(3);
        settle.Min().ShouldBeLessThan(3);

        static string Ms(IEnumerable<double> seconds) => string.Join(", ", seconds.Select(s => $"{s * 1000:0}"));
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>The same columns and key, one transaction, no partitions and no checks: the most that the wire and the index allow.</summary>
    private static async Task RawCopy(string connectionString, List<Hts.Bars.StoredBar> bars)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        await using (var make = new NpgsqlCommand(
            """
            CREATE TABLE raw (
                symbol_id integer NOT NULL, ts timestamptz NOT NULL, open double precision NOT NULL, high double precision NOT NULL,
                low double precision NOT NULL, close double precision NOT NULL, volume double precision NOT NULL,
                taker_buy_volume double precision NOT NULL, trades integer NOT NULL, last_trade_id bigint NOT NULL,
                known_at timestamptz NOT NULL, revision integer NOT NULL, PRIMARY KEY (symbol_id, ts))
            """,
            connection))
            await make.ExecuteNonQueryAsync(Cancellation);
        await using var copy = await connection.BeginBinaryImportAsync("COPY raw FROM STDIN (FORMAT BINARY)", Cancellation);
        foreach (var (bar, knownAt, revision) in bars)
        {
            await copy.StartRowAsync(Cancellation);
            await copy.WriteAsync(1, NpgsqlDbType.Integer, Cancellation);
            await copy.WriteAsync(Instant.FromMs(bar.Ts), NpgsqlDbType.TimestampTz, Cancellation);
            foreach (var value in (double[])[bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.TakerBuyVolume])
                await copy.WriteAsync(value, NpgsqlDbType.Double, Cancellation);
            await copy.WriteAsync(bar.Trades, NpgsqlDbType.Integer, Cancellation);
            await copy.WriteAsync(bar.LastTradeId, NpgsqlDbType.Bigint, Cancellation);
            await copy.WriteAsync(Instant.FromMs(knownAt), NpgsqlDbType.TimestampTz, Cancellation);
            await copy.WriteAsync(revision, NpgsqlDbType.Integer, Cancellation);
        }

        await copy.CompleteAsync(Cancellation);
    }
}
