using Hts.OpenApi;
using Microsoft.Extensions.Primitives;

namespace Hts.Pages;

/// <summary>Headers of every answer: nothing is guessed, framed or loaded from elsewhere.</summary>
internal static class SecurityHeaders
{
    private const string Frames = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private static readonly StringValues Strict =
        $"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; {Frames}";

    // The reference page is written by its package with scripts and styles in place; it is still kept from loading anything foreign.
    private static readonly StringValues Reference =
        $"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; {Frames}";

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues NoStore = "no-store";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static next => context =>
    {
        // At the start of the answer, since a handler of failures clears what was set before.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    });

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(ApiDocument.PagePath) ? Reference : Strict;
        if (context.Request.Path.StartsWithSegments("/api"))
            headers.CacheControl = NoStore;
        return Task.CompletedTask;
    }
}
