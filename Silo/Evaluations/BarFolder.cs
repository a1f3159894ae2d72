using Hts.Bars;
using Hts.Commands;
using Hts.Files;
using Hts.Time;

namespace Hts.Evaluations;

/// <summary>Bars of files by symbol, as bars of the grid: shorter ones are merged.</summary>
internal static class BarFolder
{
    // Silence in files of shorter bars that counts as a hole rather than a quiet market, as imports have it.
    private const long MaxQuietMs = 120_000;

    /// <param name="path">A file or a folder.</param>
    /// <param name="wanted">Symbols to read; empty for all.</param>
    /// <param name="report">Told of problems.</param>
    /// <exception cref="UserErrorException">Nothing stands there, a symbol is missing, or the bars do not fit the grid.</exception>
    public static IReadOnlyDictionary<string, List<Bar>> Read(
        string path, IReadOnlyList<string> wanted, Grid grid, long fromTs, long toTs, ReadReport report)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new UserErrorException($"There is no file or folder '{path}'.");
        SortedDictionary<string, List<Bar>> bars = new(StringComparer.Ordinal);
        Dictionary<string, BarRollUp> rollUps = new(StringComparer.Ordinal);
        foreach (var file in DataPath.Files(path).Where(file => IsWanted(file, wanted)))
        {
            foreach (var batch in BarFile.Read(file, symbol: null, report))
            {
                if (wanted.Count > 0 && !wanted.Contains(batch.Symbol))
                    continue;
                if (!rollUps.TryGetValue(batch.Symbol, out var rollUp))
                    rollUps[batch.Symbol] = rollUp = new BarRollUp(grid, MaxQuietMs);
                Take(batch, rollUp, fromTs, toTs);
                Drain(rollUp, bars, batch.Symbol);
            }
        }
        foreach (var (symbol, rollUp) in rollUps)
        {
            rollUp.Finish();
            Drain(rollUp, bars, symbol);
        }
        Check(path, wanted, grid, bars, fromTs, toTs);
        return bars;
    }

    private static bool IsWanted(string file, IReadOnlyList<string> wanted) =>
        wanted.Count == 0 || DataPath.SymbolOf(file) is not { } named || wanted.Contains(named);

    private static void Take(BarBatch batch, BarRollUp rollUp, long fromTs, long toTs)
    {
        try
        {
            foreach (ref readonly var bar in batch.Bars)
                if (bar.Ts >= fromTs && bar.Ts < toTs)
                    rollUp.Add(new SourceBar(bar));
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"{batch.File}: {e.Message}", e);
        }
    }

    private static void Drain(BarRollUp rollUp, SortedDictionary<string, List<Bar>> bars, string symbol)
    {
        while (rollUp.TryTake(out var bar))
        {
            if (!bars.TryGetValue(symbol, out var list))
                bars[symbol] = list = [];
            list.Add(bar.Bar);
        }
    }

    private static void Check(
        string path, IReadOnlyList<string> wanted, Grid grid, SortedDictionary<string, List<Bar>> bars, long fromTs, long toTs)
    {
        if (wanted.FirstOrDefault(symbol => !bars.ContainsKey(symbol)) is { } missing)
            throw new UserErrorException($"'{path}' holds no bars of {missing}{Span(fromTs, toTs)}{Others(bars)}.");
        if (bars.Count == 0)
            throw new UserErrorException($"'{path}' holds no bars{Span(fromTs, toTs)}.");
        foreach (var (symbol, list) in bars)
        {
            // A file of longer bars than the grid's is a chain of holes: say so rather than find no complete window.
            var apart = list.Zip(list.Skip(1), (a, b) => b.Ts - a.Ts).DefaultIfEmpty(grid.BarMs).Min();
            if (apart > grid.BarMs)
                throw new UserErrorException(
                    $"The bars of {symbol} are {apart / 1000} s apart, not {grid.BarMs / 1000} s: give --bar-seconds {apart / 1000}.");
        }
    }

    private static string Span(long fromTs, long toTs) => (fromTs > long.MinValue, toTs < long.MaxValue) switch
    {
        (false, false) => "",
        (true, false) => $" from {Timestamps.Iso(fromTs)} on",
        (false, true) => $" before {Timestamps.Iso(toTs)}",
        _ => $" from {Timestamps.Iso(fromTs)} to {Timestamps.Iso(toTs)}",
    };

    private static string Others(SortedDictionary<string, List<Bar>> bars) => bars.Count == 0 ? "" : $"; there are {string.Join(", ", bars.Keys)}";
}
