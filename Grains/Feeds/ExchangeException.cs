namespace Hts.Feeds;

/// <summary>A call to an exchange failed; <see cref="Fault"/> tells what to do about it.</summary>
public sealed class ExchangeException(ExchangeFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExchangeFault Fault { get; } = fault;

    /// <summary>The exchange's own error code, for example -1121; 0 when it gave none.</summary>
    public int Code { get; init; }
}
