using Npgsql;
using Orleans.Configuration;

namespace Hts.Hosting;

/// <summary>The way to the cluster from a process that is no silo: silos are found in the cluster's table of members.</summary>
internal static partial class ClusterLink
{
    private const string UsualName = "hts";
    private const string Schema = "orleans";
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    /// <exception cref="InvalidOperationException">No connection string is set, or it is none.</exception>
    public static void AddClusterClient(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var connection = Connection(configuration.GetConnectionString("Storage") ?? configuration["Storage:ConnectionString"]);
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connection;
            });
            client.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = configuration["Cluster:ClusterId"] ?? UsualName;
                options.ServiceId = configuration["Cluster:ServiceId"] ?? UsualName;
            });
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
            client.UseConnectionRetryFilter<ClusterRetry>();
        });
    }

    private static string Connection(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new InvalidOperationException("No storage is set: set ConnectionStrings__Storage to the PostgreSQL of the cluster.");
        try
        {
            return new NpgsqlConnectionStringBuilder(text) { SearchPath = Schema }.ConnectionString;
        }
        catch (ArgumentException)
        {
            // The text may hold a password, so it is not shown.
            throw new InvalidOperationException("ConnectionStrings__Storage is not a PostgreSQL connection string.");
        }
    }

    private sealed partial class ClusterRetry(TimeProvider time, ILogger<ClusterRetry> log) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            LogWaiting(log, exception.GetBaseException().Message);
            await Task.Delay(RetryPause, time, cancellationToken);
            return true;
        }

        [LoggerMessage(LogLevel.Warning, "Waiting for the cluster: {Message}")]
        private static partial void LogWaiting(ILogger log, string message);
    }
}
