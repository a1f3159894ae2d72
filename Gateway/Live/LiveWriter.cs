using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hts.Bars;
using Hts.Events;
using Hts.Json;
using Hts.Models;
using Hts.Predictions;

namespace Hts.Live;

/// <summary>Turns the cluster's messages into the hub's.</summary>
internal static class LiveWriter
{
    /// <summary>Model, event and feed go to every client, whatever it subscribed to.</summary>
    public static bool IsForAll(LiveMessage message) => message.Kind is LiveKinds.Model or LiveKinds.Event or LiveKinds.Feed;

    public static LiveItem Write(LiveMessage message, long seq) => message switch
    {
        { Bar: { } bar } => Item(message, seq, BarView.From(bar), GatewayJson.Default.LiveEnvelopeBarView),
        { Prediction: { } prediction } => Item(message, seq, PredictionView.From(prediction), GatewayJson.Default.LiveEnvelopePredictionView),
        { Model: { } model } => Item(message, seq, EpochView.From(model), GatewayJson.Default.LiveEnvelopeEpochView),
        { Event: { } line } => Item(message, seq, EventView.From(line), GatewayJson.Default.LiveEnvelopeEventView),
        { Feed: { } feed } => Item(message, seq, FeedView.From(feed), GatewayJson.Default.LiveEnvelopeFeedView),
        _ => throw new InvalidOperationException($"A live message of kind '{message.Kind}' carries nothing."),
    };

    public static LiveItem WriteLoss(long seq, int dropped) => new(
        LiveKinds.Resync,
        new LivePayload(JsonSerializer.SerializeToUtf8Bytes(
            new LiveEnvelope<LiveLoss>(seq, null, new LiveLoss(dropped)), GatewayJson.Default.LiveEnvelopeLiveLoss)));

    private static LiveItem Item<T>(LiveMessage message, long seq, T data, JsonTypeInfo<LiveEnvelope<T>> type) => new(
        message.Kind, new LivePayload(JsonSerializer.SerializeToUtf8Bytes(new LiveEnvelope<T>(seq, message.Symbol, data), type)));
}
