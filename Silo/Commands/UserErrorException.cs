using System.Globalization;

namespace Hts.Commands;

/// <summary>A mistake that the user can put right; shown as one line, without a trace.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The error that <paramref name="e"/> tells, without the framework's words about parameters.</summary>
    /// <param name="before">What the line begins with, such as the section of a setting.</param>
    public static UserErrorException Of(Exception e, string before = "") => new(before + Plain(e), e);

    private static string Plain(Exception e)
    {
        if (e is not ArgumentException argument)
            return e.Message;
        var tail = argument.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        var text = tail < 0 ? argument.Message : argument.Message[..tail];
        var value = Convert.ToString((argument as ArgumentOutOfRangeException)?.ActualValue, CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(value) || text.Contains($"('{value}')", StringComparison.Ordinal) ? text : $"{text} It is {value}.";
    }
}
