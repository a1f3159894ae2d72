using Orleans.Runtime.Messaging;
using Orleans.Serialization;

namespace Hts.Problems;

/// <summary>Which exceptions mean that the cluster could not answer now, and that trying again is right.</summary>
internal static class ClusterFaults
{
    /// <summary>What happened in words; null when the exception means something else.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        TimeoutException => "The cluster did not answer in time.",
        OrleansException => "The cluster cannot be reached or is changing.",
        // How Orleans says that no silo it knows of has such a grain: so it is before the first one was found.
        ArgumentException { Source: "Orleans.Core" } => "The cluster is not there yet.",
        UnavailableExceptionFallbackException far when IsBusy(far.ExceptionType) => "The cluster is busy.",
        _ when IsBusy(exception.GetType().Name) => "The cluster is busy.",
        _ => null,
    };

    /// <summary>A call that was never run can be made again at once; one that timed out may still be running.</summary>
    public static bool IsRepeatable(Exception exception) =>
        exception is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException;

    // Full queues answer with exceptions of the silo's own assemblies, known here by their name only.
    private static bool IsBusy(string? type) => type is not null && type.Split(',')[0].EndsWith("BusyException", StringComparison.Ordinal);
}
