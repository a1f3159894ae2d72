namespace Hts.Hosting;

/// <summary>Settings of the gateway, section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>Where to listen: "localhost" (the default), an IP address, or "*" for all. Anything but loopback needs keys.</summary>
    public string Address { get; set; } = "localhost";

    /// <summary>TCP port; 0 takes a free one (not with "localhost").</summary>
    public int Port { get; set; } = 8080;

    /// <summary>Folder of the built dashboard; null is the folder <c>dashboard</c> beside the program.</summary>
    public string? DashboardPath { get; set; }

    /// <summary>Keys that may call; none means that everything on loopback may.</summary>
    public IList<ApiKeyOptions> Keys { get; set; } = [];

    /// <summary>Largest request body in bytes.</summary>
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Most bars in one POST.</summary>
    public int MaxBarsPerPost { get; set; } = 5_000;

    /// <summary>Most bars on one page.</summary>
    public int MaxBarsPerPage { get; set; } = 5_000;

    /// <summary>Most items on one page of any other list.</summary>
    public int MaxItemsPerPage { get; set; } = 1_000;

    /// <summary>How long the newest prediction of a symbol may be answered from memory when no live message says that it changed, in ms.</summary>
    public int LatestPredictionMs { get; set; } = 1_000;

    /// <summary>Least time between two rounds of live messages, in ms.</summary>
    public int LiveFlushMs { get; set; } = 50;

    /// <summary>How often the gateway renews its place in the directory, in seconds; well below the lease.</summary>
    public int LiveRenewSeconds { get; set; } = 20;

    /// <summary>Newest bars kept per symbol while a round waits or a client is slow.</summary>
    public int LiveBarDepth { get; set; } = 4;

    /// <summary>Messages other than bars kept for the next round.</summary>
    public int LiveInbox { get; set; } = 65_536;

    /// <summary>Messages other than bars kept for one slow client.</summary>
    public int LiveOutbox { get; set; } = 4_096;

    /// <summary>Most connected live clients.</summary>
    public int MaxLiveClients { get; set; } = 2_000;

    /// <summary>Most symbols that one client may subscribe to.</summary>
    public int MaxSubscriptions { get; set; } = 1_000;
}
