namespace Hts.Problems;

internal sealed partial class GatewayExceptionHandler
{
    [LoggerMessage(LogLevel.Warning, "{Method} {Path}: the cluster did not answer ({Fault}: {Message}).")]
    private static partial void LogUnavailable(ILogger log, string method, PathString path, string fault, string message);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private static partial void LogFault(ILogger log, Exception exception, string method, PathString path);
}
