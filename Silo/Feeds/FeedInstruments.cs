using System.Diagnostics.Metrics;

namespace Hts.Feeds;

/// <summary>Counts of what live connections delivered, for one exchange client.</summary>
internal sealed class FeedInstruments
{
    public const string MeterName = "Hts.Feed";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Received =
        Meter.CreateCounter<long>("hts.feed.messages", "{message}", "Stream messages received, by kind");

    private static readonly KeyValuePair<string, object?>[] Tags =
        [.. Enum.GetNames<FeedMessageKind>().Select(name => new KeyValuePair<string, object?>("kind", name))];

    private readonly long[] counts = new long[Tags.Length];

    public long this[FeedMessageKind kind] => Interlocked.Read(ref counts[(int)kind]);

    public void Count(FeedMessageKind kind)
    {
        Interlocked.Increment(ref counts[(int)kind]);
        Received.Add(1, Tags[(int)kind]);
    }
}
