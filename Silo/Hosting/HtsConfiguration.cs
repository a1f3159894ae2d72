using Hts.Bars;
using Hts.Feeds;

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
    /// <exception cref="Commands.UserErrorException">They do not go together.</exception>
    public static Grid Grid(IConfiguration configuration)
    {
        try
        {
            return new Grid(
                configuration.GetValue("Features:BarSeconds", 15), configuration.GetValue("Prediction:SlotSeconds", 600));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new Commands.UserErrorException($"Features:BarSeconds and Prediction:SlotSeconds do not fit: {e.Message}", e);
        }
    }

    /// <summary>Milliseconds after its end at which a bar of fetched or recorded history counts as known.</summary>
    /// <exception cref="Commands.UserErrorException">It is out of range.</exception>
    public static int PublicationDelayMs(IConfiguration configuration)
    {
        var delayMs = configuration.GetValue("Feed:PublicationDelayMs", new FeedSessionOptions().PublicationDelayMs);
        return delayMs is >= 0 and <= 600_000
            ? delayMs
            : throw new Commands.UserErrorException($"Feed:PublicationDelayMs is {delayMs}; allowed is 0 to 600000.");
    }

    /// <summary>PostgreSQL to use; null for the embedded one.</summary>
    public static string? ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString("Storage") ?? configuration["Storage:ConnectionString"];
}
