namespace Hts.Feeds;

/// <summary>Writes one line of the log an outage, however often what failed is tried.</summary>
internal sealed class FaultLine(string symbol, IFeedSink sink)
{
    private string? told;

    public async Task Tell(string message)
    {
        if (told != message)
            await sink.Log("warning", symbol, message);
        told = message;
    }

    /// <summary>All is well: the next fault is a new one.</summary>
    public void End() => told = null;
}
