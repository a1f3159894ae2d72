namespace Hts.Access;

internal sealed partial class AccessMiddleware
{
    [LoggerMessage(LogLevel.Warning, "A key was refused on {Path} from {Remote}.")]
    private static partial void LogRefused(ILogger log, PathString path, string? remote);

    [LoggerMessage(LogLevel.Information, "{Holder} calls {Method} {Path}.")]
    private static partial void LogAdmin(ILogger log, string holder, string method, PathString path);
}
