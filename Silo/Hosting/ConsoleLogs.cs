namespace Hts.Hosting;

/// <summary>Logs of a process before and beside its host.</summary>
internal static class ConsoleLogs
{
    public static ILoggerFactory Create(IConfiguration configuration) => LoggerFactory.Create(logging => Configure(logging, configuration));

    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.UseUtcTimestamp = true;
        });
        logging.AddConfiguration(configuration.GetSection("Logging"));
    }
}
