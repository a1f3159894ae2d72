namespace Hts.Feeds;

/// <summary>Writes one line of the log an outage and kind of fault, however often what failed is tried and whatever the reason is then.</summary>
internal sealed class FaultLine(string symbol, IFeedSink sink)
{
    private readonly HashSet<string> told = [];

    public async Task Tell(string fault, string why)
    {
        if (told.Contains(fault))
            return;
        await sink.Log("warning", symbol, $"{fault}: {why}");
        told.Add(fault);
    }

    /// <summary>All is well: the next fault is a new one.</summary>
    public void End() => told.Clear();
}
