using Microsoft.Extensions.Logging;

namespace Hts.Models;

internal sealed partial class EpochMover
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A line of the models' history ({Action} {Version}) could not be stored yet")]
    private static partial void LogNotWritten(ILogger logger, Exception cause, string action, string? version);
}
