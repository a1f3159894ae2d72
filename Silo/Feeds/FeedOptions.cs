namespace Hts.Feeds;

/// <summary>The live market feed, section <c>Feed</c>.</summary>
internal sealed class FeedOptions
{
    public const string Section = "Feed";

    /// <summary>What the exchange is called in messages.</summary>
    public string Name { get; set; } = "Binance";

    /// <summary>Base of the WebSocket streams; ws or wss.</summary>
    public string WebSocketUrl { get; set; } = "wss://data-stream.binance.vision";

    /// <summary>Base of the REST interface; http or https.</summary>
    public string RestUrl { get; set; } = "https://data-api.binance.vision";

    /// <summary>The symbols followed when none were chosen yet.</summary>
    public IList<string> Symbols { get; set; } = [];

    /// <summary>
    /// Market seconds between two proofs that the connection lives, asked at multiples of it; bars close at once when it divides the bar;
    /// 1 to 60.
    /// </summary>
    public double HeartbeatSeconds { get; set; } = 2.5;

    /// <summary>Real seconds without any message after which a connection counts as lost; 2 to 600.</summary>
    public double SilenceSeconds { get; set; } = 10;

    /// <summary>Real seconds a connection attempt or a REST call may take; 1 to 60.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>Request weight that may be used a minute; the exchange allows 6,000; 10 to 1,000,000.</summary>
    public int WeightPerMinute { get; set; } = 4800;

    /// <summary>Share of <see cref="WeightPerMinute"/> that history and checks may use; the rest is kept for the live market; 0.05 to 1.</summary>
    public double BackgroundShare { get; set; } = 0.6;

    /// <summary>Connection attempts in five minutes; the exchange allows 300; 1 to 300.</summary>
    public int ConnectionsPerFiveMinutes { get; set; } = 150;

    /// <summary>Control messages a second and connection; the exchange allows 5; 1 to 5.</summary>
    public int MessagesPerSecond { get; set; } = 4;

    /// <summary>How often a REST call is repeated after a 429, a 5xx or a time-out; 0 to 10.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>The symbols of a feed whose configuration names none.</summary>
    public static IReadOnlyList<string> DefaultSymbols { get; } = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT", "XRPUSDT"];

    /// <summary><see cref="Symbols"/>, or the defaults when it is empty.</summary>
    public IReadOnlyList<string> SymbolsOrDefault => Symbols.Count > 0 ? [.. Symbols] : DefaultSymbols;
}
