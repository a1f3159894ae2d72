using Microsoft.Extensions.Logging;

namespace Hts.Live;

public sealed partial class LivePublisher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory of gateways does not answer: {Cause}")]
    private static partial void LogDirectoryUnreachable(ILogger logger, string cause);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A gateway did not take live messages: {Cause}")]
    private static partial void LogGatewayUnreachable(ILogger logger, string cause);
}
