using System.Text.Json.Serialization;

namespace Hts.Models;

/// <summary>Why, and on whose word; kept in the history.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReasonRequest(string? Reason)
{
    private const int Longest = 500;

    /// <summary>The broken rule; null when there is a reason that can be kept.</summary>
    public string? Check() => string.IsNullOrWhiteSpace(Reason) || Reason.Length > Longest ? $"must say why, in 1 to {Longest} characters."
        : Reason.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c)) ? "must have no control characters but tabs and line breaks."
        : null;
}
