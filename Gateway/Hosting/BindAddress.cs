using System.Net;
using System.Net.Sockets;

namespace Hts.Hosting;

/// <summary>What an address in the settings means.</summary>
internal static class BindAddress
{
    /// <summary>Null for "localhost", which is both loopback addresses.</summary>
    public static bool TryParse(string text, out IPAddress? address)
    {
        address = null;
        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        if (text is "*" or "+")
        {
            address = IPAddress.IPv6Any;
            return true;
        }
        return IPAddress.TryParse(text.Trim('[', ']'), out address);
    }

    /// <summary>What stands for it in a URL on this machine; an address that is all addresses is localhost.</summary>
    public static string UrlHost(string text)
    {
        if (!TryParse(text, out var address) || address is null || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Any))
            return "localhost";
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
    }

    public static bool IsLoopback(string text) =>
        TryParse(text, out var address) && (address is null || IPAddress.IsLoopback(address));

    /// <summary>Whether a URL of Kestrel's own settings stays on loopback; one that cannot be read does not.</summary>
    public static bool IsLoopbackUrl(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return false;
        var host = url[(start + 3)..].Split('/')[0];
        var port = host.LastIndexOf(':');
        if (port > host.LastIndexOf(']'))
            host = host[..port];
        return IsLoopback(host);
    }
}
