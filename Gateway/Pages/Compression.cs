using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Hts.Pages;

/// <summary>Brotli and gzip for lists and pages. The newest prediction is left alone: it is small and asked for most.</summary>
internal static class Compression
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // Answers hold no secret beside what a caller sent, so their length may be seen.
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    public static void UseCompression(this IApplicationBuilder app) => app.UseWhen(
        static context => !context.Request.Path.Value!.EndsWith("/prediction", StringComparison.Ordinal),
        static branch => branch.UseResponseCompression());
}
