using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Hts.Live;

/// <summary>
/// The way to one gateway: batches in order, each sent when the one before was taken, since two calls under way may overtake each other.
/// A gateway that stalls holds up itself alone; with a full queue the oldest message goes.
/// </summary>
internal sealed partial class GatewayLine
{
    private const int QueueCapacity = 50_000;
    private const int BatchSize = 1_000;

    private readonly Channel<LiveMessage> queue = Channel.CreateBounded<LiveMessage>(
        new BoundedChannelOptions(QueueCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly ILiveObserver gateway;
    private readonly ILogger logger;
    private volatile bool ended;

    public GatewayLine(ILiveObserver gateway, ILogger logger)
    {
        this.gateway = gateway;
        this.logger = logger;
        Ended = Work();
    }

    /// <summary>Completes when the last call that was under way at <see cref="End"/> is over.</summary>
    public Task Ended { get; }

    public void Put(LiveMessage message) => queue.Writer.TryWrite(message);

    /// <summary>Drops what waits; nothing more is sent.</summary>
    public void End()
    {
        ended = true;
        queue.Writer.TryComplete();
    }

    private async Task Work()
    {
        var batch = new List<LiveMessage>(BatchSize);
        while (await queue.Reader.WaitToReadAsync() && !ended)
        {
            batch.Clear();
            while (batch.Count < BatchSize && queue.Reader.TryRead(out var message))
                batch.Add(message);
            await Send([.. batch]);
        }
    }

    private async Task Send(LiveMessage[] messages)
    {
        try
        {
            await gateway.Receive(messages);
        }
        catch (Exception e)
        {
            // Whatever it is, the gateway did not take them: it is gone and its lease ends by itself, or it reads them again by REST.
            LogNotTaken(logger, messages.Length, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A gateway did not take {Count} live messages: {Cause}")]
    private static partial void LogNotTaken(ILogger logger, int count, string cause);
}
