using Hts.Files;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>One writer per symbol of a folder.</summary>
internal sealed class TapeWriters(string folder, ReadReport report) : IDisposable
{
    private readonly Dictionary<string, TapeWriter> writers = new(StringComparer.Ordinal);
    private TapeWriter? current;
    private string symbol = "";

    public void Add(string file, string name, in Trade trade)
    {
        if (current is null || !ReferenceEquals(name, symbol))
            Switch(name);
        if (!current!.TryAdd(trade))
            report.Add(new FileProblem(file, -1, "the trade is older than the one before it", $"id {trade.Id}, time {trade.Ts} after {current.LastTs}"));
    }

    public void Dispose()
    {
        foreach (var writer in writers.Values)
            writer.Dispose();
    }

    private void Switch(string name)
    {
        symbol = name;
        if (!writers.TryGetValue(name, out current))
            writers.Add(name, current = new TapeWriter(Path.Combine(folder, name + TapeStore.Ending)));
    }
}
