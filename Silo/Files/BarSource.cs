using Hts.Bars;
using Hts.Trades;

namespace Hts.Files;

/// <summary>The bars of trade or bar files of one symbol, in order. Bars in files must have the grid's length.</summary>
/// <param name="maxQuietMs">Silence in trade files longer than this is a hole.</param>
internal sealed class BarSource(IReadOnlyList<string> paths, string? symbol, Grid grid, long maxQuietMs, ReadReport report)
{
    /// <summary>Reads everything once.</summary>
    /// <exception cref="InvalidDataException">The files are of several symbols and none was chosen, or of both kinds.</exception>
    public IEnumerable<Bar> Read()
    {
        var files = SymbolFiles.Of(paths, symbol);
        var kinds = files.Select(FileSniffer.KindOf).Distinct().ToArray();
        if (kinds.Length != 1)
            throw new InvalidDataException("Give either trade files or bar files, not both.");
        return kinds[0] == FileKind.Trades
            ? new TapeBars(Trades(files), grid, new AggregatorOptions { MaxQuietMs = maxQuietMs }).Read()
            : Bars(files);
    }

    private IEnumerable<Trade> Trades(IReadOnlyList<string> files)
    {
        string? only = null;
        foreach (var batch in files.SelectMany(file => TradeFile.Read(file, symbol, report)))
        {
            CheckSymbol(ref only, batch.Symbol);
            for (var i = 0; i < batch.Count; i++)
                yield return batch.Trades[i];
        }
    }

    private IEnumerable<Bar> Bars(IReadOnlyList<string> files)
    {
        string? only = null;
        var last = long.MinValue;
        foreach (var batch in files.SelectMany(file => BarFile.Read(file, symbol, report)))
        {
            CheckSymbol(ref only, batch.Symbol);
            for (var i = 0; i < batch.Count; i++)
            {
                var bar = batch.Bars[i];
                if (!grid.IsBarTs(bar.Ts) || bar.Ts <= last)
                    throw new InvalidDataException(
                        $"{batch.File}: the bar at {bar.Ts} does not follow {last} on the grid of {grid.BarMs / 1000} s; is --bar-seconds right?");
                last = bar.Ts;
                yield return bar;
            }
        }
    }

    private static void CheckSymbol(ref string? only, string found)
    {
        only ??= found;
        if (only != found)
            throw new InvalidDataException($"The files hold {only} and {found}: choose one with --symbol, or give fewer files.");
    }
}
