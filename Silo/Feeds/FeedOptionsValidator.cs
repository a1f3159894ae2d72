using Hts.Files;
using Microsoft.Extensions.Options;

namespace Hts.Feeds;

/// <summary>Names every key of the feed's options that is wrong, its value and what is allowed.</summary>
internal sealed class FeedOptionsValidator : IValidateOptions<FeedOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedOptions options)
    {
        var wrong = new List<string>();
        Url(nameof(options.WebSocketUrl), options.WebSocketUrl, "ws", "wss", wrong);
        Url(nameof(options.RestUrl), options.RestUrl, "http", "https", wrong);
        Range(nameof(options.HeartbeatSeconds), options.HeartbeatSeconds, 1, 60, wrong);
        Range(nameof(options.SilenceSeconds), options.SilenceSeconds, 2, 600, wrong);
        Range(nameof(options.TimeoutSeconds), options.TimeoutSeconds, 1, 60, wrong);
        Range(nameof(options.WeightPerMinute), options.WeightPerMinute, 10, 1_000_000, wrong);
        Range(nameof(options.BackgroundShare), options.BackgroundShare, 0.05, 1, wrong);
        Range(nameof(options.ConnectionsPerFiveMinutes), options.ConnectionsPerFiveMinutes, 1, 300, wrong);
        Range(nameof(options.MessagesPerSecond), options.MessagesPerSecond, 1, 5, wrong);
        Range(nameof(options.Retries), options.Retries, 0, 10, wrong);
        for (var i = 0; i < options.Symbols.Count; i++)
        {
            if (!DataPath.IsSymbol(options.Symbols[i]))
                wrong.Add($"{FeedOptions.Section}:Symbols:{i} is '{options.Symbols[i]}': 2 to 32 capitals, digits or underscores are allowed");
            else if (options.Symbols.IndexOf(options.Symbols[i]) < i)
                wrong.Add($"{FeedOptions.Section}:Symbols:{i} is '{options.Symbols[i]}': it stands there twice");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void Url(string key, string value, string plain, string secure, List<string> wrong)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || (uri.Scheme != plain && uri.Scheme != secure))
            wrong.Add($"{FeedOptions.Section}:{key} is '{value}': an absolute {plain} or {secure} address is allowed");
    }

    private static void Range(string key, double value, double least, double most, List<string> wrong)
    {
        if (!(value >= least && value <= most))
            wrong.Add($"{FeedOptions.Section}:{key} is '{value}': {least} to {most} is allowed");
    }
}
