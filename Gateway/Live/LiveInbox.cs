using Hts.Hosting;
using Hts.Predictions;
using Microsoft.Extensions.Options;

namespace Hts.Live;

/// <summary>Where the cluster's messages come in; taking one costs no time and never waits.</summary>
internal sealed partial class LiveInbox(IOptions<GatewayOptions> options, LatestPredictions latest, ILogger<LiveInbox> log) : ILiveObserver
{
    private readonly ConflatingQueue<LiveMessage> queue = new(options.Value.LiveBarDepth, options.Value.LiveInbox);

    public ConflatingQueue<LiveMessage> Queue => queue;

    public Task Receive(IReadOnlyList<LiveMessage> messages, int lost)
    {
        if (lost > 0)
            queue.Lose(lost);
        foreach (var message in messages)
            Put(message);
        return Task.CompletedTask;
    }

    private void Put(LiveMessage message)
    {
        if (message is { Kind: LiveKinds.Bar, Symbol: { } symbol, Bar: { } bar })
            queue.PutBar(symbol, bar.Ts, message);
        else if (message is { Prediction: not null } or { Model: not null } or { Event: not null } or { Feed: not null })
            queue.Put(message);
        else
            LogEmpty(log, message.Kind);
        if (message.Prediction is { } prediction)
            latest.Invalidate(prediction.Symbol);
    }
}
