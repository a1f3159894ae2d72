using System.Net;

namespace Hts.Hosting;

/// <summary>This silo's place in the cluster, section <c>Cluster</c>.</summary>
internal sealed class ClusterMemberOptions
{
    public const string Section = "Cluster";

    /// <summary>Name of the cluster. Default hts.</summary>
    public string ClusterId { get; set; } = "hts";

    /// <summary>Name that grain state is kept under. Default hts.</summary>
    public string ServiceId { get; set; } = "hts";

    /// <summary>IP address where silos and gateways reach this silo. Default 127.0.0.1.</summary>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>TCP port for silos; null takes a free one.</summary>
    public int? SiloPort { get; set; }

    /// <summary>TCP port for gateways; null takes a free one.</summary>
    public int? GatewayPort { get; set; }

    /// <summary>Seconds that a silo has to answer another's probe; two in a row without an answer and it counts as dead. Default 1, 1 to 60.</summary>
    public int ProbeSeconds { get; set; } = 1;
}
