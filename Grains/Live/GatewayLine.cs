using Microsoft.Extensions.Logging;

namespace Hts.Live;

/// <summary>
/// The way to one gateway: batches in order, each sent when the one before was taken, since two calls under way may overtake each other.
/// A gateway that stalls holds up itself alone, and is told with the next batch how many messages it missed.
/// </summary>
internal sealed partial class GatewayLine
{
    private const int BatchSize = 1_000;

    private readonly LossyQueue queue;
    private readonly ILiveObserver gateway;
    private readonly ILogger logger;
    private volatile bool ended;

    public GatewayLine(ILiveObserver gateway, int capacity, ILogger logger)
    {
        (this.gateway, this.logger) = (gateway, logger);
        queue = new LossyQueue(capacity);
        Ended = Work();
    }

    /// <summary>Completes when the last call that was under way at <see cref="End"/> is over.</summary>
    public Task Ended { get; }

    public void Put(LiveMessage message) => queue.Put(message);

    /// <summary>Counts messages that will not come this way.</summary>
    public void Lose(int count) => queue.Lose(count);

    /// <summary>Drops what waits; nothing more is sent.</summary>
    public void End()
    {
        ended = true;
        queue.Complete();
    }

    private async Task Work()
    {
        var batch = new List<LiveMessage>(BatchSize);
        while (await queue.Reader.WaitToReadAsync() && !ended)
        {
            batch.Clear();
            while (batch.Count < BatchSize && queue.Reader.TryRead(out var message))
                batch.Add(message);
            await Send([.. batch], queue.TakeLost());
        }
    }

    private async Task Send(LiveMessage[] messages, int lost)
    {
        try
        {
            await gateway.Receive(messages, lost);
        }
        catch (Exception e)
        {
            // Whatever it is, the gateway did not take them: it is gone and its lease ends by itself, or it will hear of the loss.
            queue.Lose(lost + messages.Length);
            LogNotTaken(logger, messages.Length, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A gateway did not take {Count} live messages: {Cause}")]
    private static partial void LogNotTaken(ILogger logger, int count, string cause);
}
