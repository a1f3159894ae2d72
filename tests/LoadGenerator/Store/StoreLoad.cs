using System.Diagnostics;
using Hts.Exchange;
using Hts.Load.Hosting;
using Hts.Postgres;
using Hts.Strategies;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hts.Load.Store;

/// <summary>Times the writers on a database of their own. Ratios are of times within one round, so that the machine's mood cancels out.</summary>
internal sealed class StoreLoad(int symbolCount, int barCount, int rounds, TimeProvider time)
{
    private const long Start = 1_700_000_400_000;

    private readonly string[] symbols = [.. Enumerable.Range(0, symbolCount).Select(i => $"S{i}")];

    public async Task<int> Run(CancellationToken cancellation)
    {
        using var data = new TempFolder();
        await using var lease = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { DataDir = data.Path }, time, NullLogger<EmbeddedPostgres>.Instance, cancellation);
        await using var raw = NpgsqlDataSource.Create(lease.ConnectionString);
        await using var store = await PostgresStore.Open(
            lease.ConnectionString, StrategySet.Default().Names, new PostgresStoreOptions(), time, NullLoggerFactory.Instance, cancellation);
        Console.WriteLine($"| what | {string.Join(" | ", Enumerable.Range(1, rounds).Select(round => $"round {round}"))} | ratio to raw COPY, median |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", rounds + 1))}");
        await Backfill(store, raw, cancellation);
        await Burst(store, raw, cancellation);
        await Ledger(store, cancellation);
        Tape();
        return 0;
    }

    private async Task Backfill(PostgresStore store, NpgsqlDataSource raw, CancellationToken cancellation)
    {
        var bars = Rows.Bars(Start, barCount);
        var (copies, fills) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var symbol = $"B{round}";
            await RawCopy.Prepare(raw, cancellation);
            copies.Add(await Time(() => RawCopy.Write(raw, bars.Select(bar => (1, bar)), cancellation)));
            fills.Add(await Time(() => store.Bars.Write(symbol, bars, cancellation)));
        }

        Print($"raw COPY of {barCount:N0} bars", copies);
        Print($"back-fill of {barCount:N0} bars", fills, copies);
    }

    private async Task Burst(PostgresStore store, NpgsqlDataSource raw, CancellationToken cancellation)
    {
        var bars = Rows.Bars(Start, rounds + 1);
        var (copies, bursts) = (new List<double>(), new List<double>());
        // The first makes the symbols known and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            var bar = bars[round];
            await RawCopy.Prepare(raw, cancellation);
            var copy = await Time(() => RawCopy.Write(raw, symbols.Select((_, i) => (i, bar)), cancellation));
            var burst = await Time(() => Task.WhenAll(symbols.Select(symbol => store.Bars.Write(symbol, [bar], cancellation))));
            if (round == 0)
                continue;
            copies.Add(copy);
            bursts.Add(burst);
        }

        Print($"raw COPY of a bar of {symbolCount:N0} symbols", copies);
        Print($"burst: a bar of {symbolCount:N0} symbols", bursts, copies);
    }

    private async Task Ledger(PostgresStore store, CancellationToken cancellation)
    {
        var (records, settlements) = (new List<double>(), new List<double>());
        for (var slot = 0; slot < rounds; slot++)
        {
            var rows = symbols.Select(symbol => Rows.Prediction(symbol, Start + (slot * Rows.SlotMs))).ToArray();
            records.Add(await Time(() => Task.WhenAll(rows.Select(row => store.Ledger.Record(row, cancellation)))));
            settlements.Add(await Time(() => Task.WhenAll(rows.Select(row => store.Ledger.Settle(Rows.Settled(row), cancellation)))));
        }

        Print($"{symbolCount:N0} predictions", records);
        Print($"{symbolCount:N0} settlements", settlements);
    }

    private void Tape()
    {
        const int slotsOfThreeDays = 3 * 144;
        var seconds = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var tape = new SyntheticTape(round, Start);
            foreach (var symbol in tape.Symbols)
                tape.IdAt(symbol, Start + (slotsOfThreeDays * Rows.SlotMs));
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        Print("three synthetic days made", seconds);
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Print(string what, List<double> seconds, List<double>? raw = null)
    {
        var ratios = raw?.Zip(seconds, (copy, own) => copy / own).Order().ToArray();
        var ratio = ratios is null ? "" : $"{ratios[ratios.Length / 2]:0.00}";
        Console.WriteLine($"| {what} | {string.Join(" | ", seconds.Select(s => $"{s * 1000:0} ms"))} | {ratio} |");
    }
}
