using System.Net;

namespace Hts.Access;

/// <summary>
/// Keeps foreign web pages out. A browser on this machine reaches loopback too: without keys the host must be a loopback name
/// (else a name of an attacker could be pointed here), and calls that change something, or open the hub, must come from pages of loopback,
/// whose programs may call us anyhow. Any port will do: the dashboard under development is served from another one.
/// </summary>
internal static class OriginRules
{
    /// <summary>What is wrong with the call; null when nothing is.</summary>
    public static string? Breach(HttpContext context, bool open)
    {
        var request = context.Request;
        if (open && !IsLoopbackName(request.Host.Host))
            return $"Host '{request.Host.Host}' is not a loopback name, and without keys only loopback is served.";
        if (request.Headers.Origin is not [{ Length: > 0 } origin] || !Matters(request))
            return null;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from))
            return "The call comes from a page without an origin.";
        if (string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
            return null;
        return open && IsLoopbackName(from.Host) ? null : $"The call comes from a page of '{from.Authority}'.";
    }

    private static bool Matters(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) || request.Path.StartsWithSegments("/hubs");

    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
