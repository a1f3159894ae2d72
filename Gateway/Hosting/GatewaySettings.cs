using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>The gateway's settings for those who run it or call it.</summary>
public static class GatewaySettings
{
    /// <exception cref="OptionsValidationException">A value is not allowed; its failures name each key.</exception>
    public static GatewayOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new GatewayOptions();
        var result = new GatewayOptionsValidator(configuration).Validate(null, options);
        return result.Failed ? throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions), result.Failures) : options;
    }

    /// <summary>Where a program on the same machine reaches the gateway.</summary>
    public static string Url(GatewayOptions options) => $"http://{BindAddress.UrlHost(options.Address)}:{options.Port}";
}
