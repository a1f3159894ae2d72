using System.Globalization;
using Hts.Commands;

namespace Hts.Imports;

/// <summary>Times on the command line.</summary>
internal static class Instants
{
    /// <summary>No limit: the end of the calendar.</summary>
    public static long Latest { get; } = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>A day or an instant in ISO 8601, UTC when it has no offset, as Unix ms; null when it is not given.</summary>
    /// <exception cref="UserErrorException">It is neither.</exception>
    public static long? Read(string option, string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant.ToUnixTimeMilliseconds()
            : throw new UserErrorException($"{option} is '{text}'; give a day or an instant, as 2024-01-31 or 2024-01-31T12:00:00Z.");
    }

    /// <summary>Both ends of a span, where they are given.</summary>
    /// <exception cref="UserErrorException">An end is no time, or the span is empty.</exception>
    public static (long? FromTs, long? ToTs) ReadSpan(string? from, string? to)
    {
        var span = (FromTs: Read("--from", from), ToTs: Read("--to", to));
        return span.FromTs >= span.ToTs ? throw new UserErrorException($"--from {from} is not before --to {to}.") : span;
    }
}
