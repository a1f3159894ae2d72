using System.Threading.Channels;

namespace Hts.Live;

/// <summary>Messages that wait for one reader. With a full queue the oldest goes, and is counted.</summary>
internal sealed class LossyQueue
{
    private readonly Channel<LiveMessage> channel;
    private int lost;

    public LossyQueue(int capacity) => channel = Channel.CreateBounded<LiveMessage>(
        new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Lose(1));

    public ChannelReader<LiveMessage> Reader => channel.Reader;

    public void Put(LiveMessage message) => channel.Writer.TryWrite(message);

    /// <summary>Counts messages that were lost elsewhere on the same way.</summary>
    public void Lose(int count) => Interlocked.Add(ref lost, count);

    /// <summary>How many were lost since the last call.</summary>
    public int TakeLost() => Interlocked.Exchange(ref lost, 0);

    public void Complete() => channel.Writer.TryComplete();
}
