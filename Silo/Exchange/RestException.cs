namespace Hts.Exchange;

/// <summary>A refusal as the exchange words it.</summary>
internal sealed class RestException(int status, int code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    public int RetryAfterSeconds { get; init; }

    public static RestException Missing(string parameter) =>
        new(400, -1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    public static RestException BadSymbol { get; } = new(400, -1121, "Invalid symbol.");

    public static RestException BadInterval { get; } = new(400, -1120, "Invalid interval.");

    public static RestException Malformed(string parameter) =>
        new(400, -1100, $"Illegal characters found in parameter '{parameter}'; it must be a whole number.");

    public static RestException TooMuch(int seconds) =>
        new(429, -1003, "Too many requests; slow down.") { RetryAfterSeconds = seconds };
}
