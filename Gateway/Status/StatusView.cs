using Hts.Json;

namespace Hts.Status;

/// <summary>Facts that a client needs to read the data.</summary>
/// <param name="Now">The market's time, which runs <paramref name="Speed"/> times as fast as the wall's.</param>
/// <param name="Stream">Names this run of the gateway; live sequence numbers start anew with it.</param>
/// <param name="Seq">Number of the newest live message.</param>
internal sealed record StatusView(
    UtcTime Now, int Speed, int BarSeconds, int SlotSeconds, IReadOnlyList<string> Strategies, string Market, UtcTime NextSlotAt, string Stream, long Seq)
{
    public static StatusView From(SystemStatus m, string stream, long seq)
    {
        var slot = m.SlotSeconds * 1_000L;
        return new StatusView(
            new UtcTime(m.NowMs), m.Speed, m.BarSeconds, m.SlotSeconds, m.Strategies, m.Market, new UtcTime(((m.NowMs / slot) + 1) * slot), stream, seq);
    }
}
