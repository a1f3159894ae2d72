using Hts.Bars;
using Hts.Commands;
using Hts.Features;
using Hts.Feeds;
using Hts.Strategies;
using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Where settings come from: appsettings.json beside the program and in the working folder, then the environment.</summary>
internal static class HtsConfiguration
{
    public static IConfigurationRoot Read()
    {
        var builder = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables();
        var read = builder.Build();
        return builder.AddInMemoryCollection(LegacyNames.Read(read)).Build();
    }

    /// <summary>Lengths of bars and slots.</summary>
    /// <param name="barSeconds">Length of a bar, from <c>--bar-seconds</c>; null takes the configured one.</param>
    /// <exception cref="UserErrorException">They do not go together.</exception>
    public static Grid Grid(IConfiguration configuration, int? barSeconds = null)
    {
        try
        {
            return new Grid(
                barSeconds ?? configuration.GetValue("Features:BarSeconds", 15), configuration.GetValue("Prediction:SlotSeconds", 600));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw UserErrorException.Of(e, $"{(barSeconds is null ? "Features:BarSeconds" : "--bar-seconds")} and Prediction:SlotSeconds do not fit: ");
        }
    }

    /// <summary>Milliseconds after its end at which a bar of fetched or recorded history counts as known.</summary>
    /// <exception cref="UserErrorException">It is out of range.</exception>
    public static int PublicationDelayMs(IConfiguration configuration)
    {
        var delayMs = configuration.GetValue("Feed:PublicationDelayMs", new FeedSessionOptions().PublicationDelayMs);
        return delayMs is >= 0 and <= 600_000
            ? delayMs
            : throw new UserErrorException($"Feed:PublicationDelayMs is {delayMs}; allowed is 0 to 600000.");
    }

    /// <summary>The strategies at their costs.</summary>
    /// <exception cref="UserErrorException">A cost is not allowed.</exception>
    public static StrategySet Strategies(IConfiguration configuration)
    {
        try
        {
            return StrategySet.Default(configuration.GetSection("Strategies").Get<StrategyOptions>());
        }
        catch (ArgumentException e)
        {
            throw UserErrorException.Of(e);
        }
    }

    /// <summary>How features are made.</summary>
    /// <exception cref="UserErrorException">A setting of strategies or features is not allowed.</exception>
    public static FeatureSchema Schema(IConfiguration configuration, Grid grid)
    {
        var options = configuration.GetSection("Features").Get<FeatureOptions>() ?? new FeatureOptions();
        Check("Features", options.Validate);
        return new FeatureSchema(Strategies(configuration), grid, options);
    }

    /// <param name="validate">Throws what names a key of the section first.</param>
    /// <exception cref="UserErrorException">It threw; the line names section and key.</exception>
    public static void Check(string section, Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException e)
        {
            throw UserErrorException.Of(e, section + ":");
        }
    }

    /// <summary>This silo's place in the cluster.</summary>
    /// <exception cref="OptionsValidationException">A value is not allowed; its failures name each key.</exception>
    public static ClusterMemberOptions Member(IConfiguration configuration)
    {
        var options = configuration.GetSection(ClusterMemberOptions.Section).Get<ClusterMemberOptions>() ?? new ClusterMemberOptions();
        var result = new ClusterMemberOptionsValidator().Validate(null, options);
        return result.Failed
            ? throw new OptionsValidationException(ClusterMemberOptions.Section, typeof(ClusterMemberOptions), result.Failures)
            : options;
    }

    /// <summary>PostgreSQL to use; null for the embedded one.</summary>
    public static string? ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString("Storage") ?? configuration["Storage:ConnectionString"];
}
