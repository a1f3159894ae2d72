using System.Net;
using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Names every key of the section that is wrong, its value and what is allowed.</summary>
internal sealed class ClusterMemberOptionsValidator : IValidateOptions<ClusterMemberOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterMemberOptions options)
    {
        var wrong = new List<string>();
        Require(!string.IsNullOrWhiteSpace(options.ClusterId), nameof(options.ClusterId), options.ClusterId, "a name");
        Require(!string.IsNullOrWhiteSpace(options.ServiceId), nameof(options.ServiceId), options.ServiceId, "a name");
        Require(IPAddress.TryParse(options.Address, out _), nameof(options.Address), options.Address, "an IP address of this machine");
        Require(options.SiloPort is null or >= 1 and <= 65_535, nameof(options.SiloPort), options.SiloPort, "1 to 65535");
        Require(options.GatewayPort is null or >= 1 and <= 65_535, nameof(options.GatewayPort), options.GatewayPort, "1 to 65535");
        Require(options.ProbeSeconds is >= 1 and <= 60, nameof(options.ProbeSeconds), options.ProbeSeconds, "1 to 60");
        if (options.SiloPort is { } port && port == options.GatewayPort)
            wrong.Add($"{ClusterMemberOptions.Section}:SiloPort and GatewayPort are both {port}; two ports are needed.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Require(bool holds, string key, object? value, string allowed)
        {
            if (!holds)
                wrong.Add($"{ClusterMemberOptions.Section}:{key} is '{value}'; allowed is {allowed}.");
        }
    }
}
