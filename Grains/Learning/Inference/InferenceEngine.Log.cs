using Microsoft.Extensions.Logging;

namespace Hts.Inference;

public sealed partial class InferenceEngine
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded model {Version} ({Kind}, trained up to {TrainedUntilTs})")]
    private partial void LogLoaded(string version, string kind, long trainedUntilTs);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Version} left the inference engine: {Loaded} are loaded")]
    private partial void LogLeft(string version, int loaded);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model {Version} was refused: {Reason}")]
    private partial void LogRefused(string version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Count} forecasts failed")]
    private partial void LogBatchFailed(Exception error, int count);
}
