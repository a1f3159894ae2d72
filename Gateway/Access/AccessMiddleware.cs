using Hts.Problems;

namespace Hts.Access;

/// <summary>Lets a call through when its endpoint asks for no key, no keys are configured, or it brings one that suffices.</summary>
internal sealed partial class AccessMiddleware(RequestDelegate next, ApiKeyRing ring, ILogger<AccessMiddleware> log)
{
    private const string BearerPrefix = "Bearer ";

    public Task Invoke(HttpContext context)
    {
        var requirement = context.GetEndpoint()?.Metadata.GetMetadata<AccessRequirement>();
        if (requirement is null)
            return next(context);
        if (OriginRules.Breach(context, ring.IsOpen) is { } breach)
            return Problem.ForeignOrigin(breach).ExecuteAsync(context);
        if (ring.IsOpen)
            return next(context);

        var presented = Presented(context.Request);
        var key = presented is null ? null : ring.Find(presented);
        if (key is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"hts\"";
            if (presented is not null)
                LogRefused(log, context.Request.Path, context.Connection.RemoteIpAddress?.ToString());
            return (presented is null ? Problem.KeyMissing() : Problem.KeyRefused()).ExecuteAsync(context);
        }
        if (requirement.Admin && !key.Admin)
            return Problem.AdminOnly(key.Name).ExecuteAsync(context);
        context.Features.Set(key);
        if (requirement.Admin)
            LogAdmin(log, key.Name, context.Request.Method, context.Request.Path);
        return next(context);
    }

    private static string? Presented(HttpRequest request)
    {
        if (request.Headers["X-Api-Key"] is [{ Length: > 0 } header])
            return header;
        if (request.Headers.Authorization is [{ } bearer] && bearer.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return bearer[BearerPrefix.Length..].Trim();
        // Browsers cannot set headers on a WebSocket: SignalR's clients put the token into the query there.
        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"] is [{ Length: > 0 } token] ? token : null;
    }
}
