using System.Globalization;
using System.Text.RegularExpressions;

namespace Hts.S3Double;

/// <summary>What goes wrong with which calls, and how often.</summary>
/// <param name="Operation">The call's name, or <see cref="Any"/>.</param>
/// <param name="Rate">Share of the calls, above 0 and at most 1.</param>
internal sealed partial record FaultRule(string Operation, S3Fault Fault, double Rate)
{
    public const string Any = "*";

    private static readonly Dictionary<string, S3Fault> Faults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SlowDown"] = S3Fault.SlowDown,
        ["LostRequest"] = S3Fault.LostRequest,
        ["LostAnswer"] = S3Fault.LostAnswer,
        ["TornAnswer"] = S3Fault.TornAnswer,
        ["StalledAnswer"] = S3Fault.StalledAnswer,
        ["ExpiredToken"] = S3Fault.ExpiredToken,
        ["AccessDenied"] = S3Fault.AccessDenied,
        ["ResourceLimitExceeded"] = S3Fault.Refuse(400, "ResourceLimitExceeded", "The account-level service limit is used up."),
    };

    /// <summary>All that may go wrong, in words.</summary>
    public static string Names { get; } = $"{string.Join(", ", Faults.Keys)}, Latency<seconds>s";

    /// <summary>Reads <c>operation=name</c> or <c>operation=name:rate</c>.</summary>
    /// <exception cref="FormatException">It is none; the message says what is allowed.</exception>
    public static FaultRule Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } parts)
            throw new FormatException($"'{text}' is no <operation>=<fault>[:rate].");
        var operation = parts.Groups["operation"].Value;
        var known = S3Call.Operations.Append(Any).FirstOrDefault(o => o.Equals(operation, StringComparison.OrdinalIgnoreCase));
        if (known is null)
            throw new FormatException($"'{text}': there is no operation '{operation}' but {string.Join(", ", S3Call.Operations)}, {Any}.");
        var fault = Find(parts.Groups["fault"].Value) ?? throw new FormatException($"'{text}': the fault is none of {Names}.");
        var rate = 1.0;
        if (parts.Groups["rate"] is { Success: true, Value: var share }
            && (!double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out rate) || rate is not (> 0 and <= 1)))
            throw new FormatException($"'{text}': the rate is '{share}'; allowed is more than 0 and at most 1.");
        return new(known, fault, rate);
    }

    public bool IsFor(S3Call call) => Operation == Any || Operation == call.Operation;

    private static S3Fault? Find(string name) => Slow().Match(name) is { Success: true } slow
        ? S3Fault.Wait(TimeSpan.FromSeconds(int.Parse(slow.Groups[1].Value, CultureInfo.InvariantCulture)))
        : Faults.GetValueOrDefault(name);

    [GeneratedRegex("^(?<operation>[^=]+)=(?<fault>[^:]+)(:(?<rate>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("^latency([0-9]{1,3})s$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Slow();
}
