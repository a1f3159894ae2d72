using Hts.Exchange.Faults;

namespace Hts.Exchange;

/// <summary>The built-in exchange's manners; the defaults are those of the real one.</summary>
internal sealed class ExchangeServerOptions
{
    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Real milliseconds between two looks at the tape.</summary>
    public int TickMs { get; set; } = 25;

    /// <summary>Real seconds between pings; a client that does not answer three of them is cut off.</summary>
    public int PingSeconds { get; set; } = 20;

    /// <summary>Real seconds after which a client that does not take its messages is cut off.</summary>
    public double SlowClientSeconds { get; set; } = 5;

    /// <summary>Request weight allowed a market minute.</summary>
    public int WeightPerMinute { get; set; } = 6000;

    /// <summary>Control messages allowed a market second and connection.</summary>
    public int MessagesPerSecond { get; set; } = 5;

    /// <summary>Market hours after which a connection is cut.</summary>
    public double ConnectionHours { get; set; } = 24;

    /// <summary>Attempts to connect allowed in five market minutes.</summary>
    public int ConnectionsPerFiveMinutes { get; set; } = 300;

    /// <summary>What goes wrong; null for nothing. Halts are the tape's: see <see cref="HaltedTape"/>.</summary>
    public FaultPlan? Faults { get; set; }

    /// <summary>Streams allowed a connection.</summary>
    public int StreamsPerConnection { get; set; } = 1024;
}
