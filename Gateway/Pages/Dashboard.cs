using Hts.Hosting;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Hts.Pages;

/// <summary>The dashboard's files, or a plain page when they were not built.</summary>
internal static partial class Dashboard
{
    private static readonly string[] NotPages = ["/api", "/hubs", "/openapi", "/scalar", "/orleans", "/metrics"];

    private const string Missing = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>HTS Model Selector</title></head><body>
        <h1>HTS Model Selector</h1>
        <p>The gateway runs, but the dashboard was not built: Node was not there at build time.</p>
        <p>The API is described at <a href="/scalar">/scalar</a>; start with <a href="/api/status">/api/status</a>.</p>
        </body></html>
        """;

    public static void UseDashboard(this WebApplication app)
    {
        if (Folder(app) is not { } folder)
        {
            LogMissing(app.Logger);
            return;
        }
        var files = new PhysicalFileProvider(folder);
        app.Lifetime.ApplicationStopped.Register(files.Dispose);
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = Cache });
    }

    /// <summary>
    /// Any other path of a browser is a page of the dashboard, which routes by itself. Not an endpoint: one that takes any path would hide
    /// the 404, 405 and 415 of the others.
    /// </summary>
    public static void UsePages(this WebApplication app)
    {
        var folder = Folder(app);
        app.Use(next => context => IsPage(context) ? Page(context, folder) : next(context));
    }

    private static bool IsPage(HttpContext context)
    {
        var request = context.Request;
        return context.GetEndpoint() is null
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !Path.HasExtension(request.Path)
            && !NotPages.Any(p => request.Path.StartsWithSegments(p));
    }

    private static async Task Page(HttpContext context, string? folder)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (folder is null)
            await context.Response.WriteAsync(Missing, context.RequestAborted);
        else
            await context.Response.SendFileAsync(Path.Combine(folder, "index.html"), context.RequestAborted);
    }

    // Built assets carry a hash in their names and never change; the page that names them may.
    private static void Cache(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl =
            file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";

    private static string? Folder(WebApplication app)
    {
        var configured = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.DashboardPath;
        var folder = Path.GetFullPath(configured ?? Path.Combine(AppContext.BaseDirectory, "dashboard"));
        return File.Exists(Path.Combine(folder, "index.html")) ? folder : null;
    }

    [LoggerMessage(LogLevel.Warning, "The dashboard was not built; only the API is served.")]
    private static partial void LogMissing(ILogger log);
}
