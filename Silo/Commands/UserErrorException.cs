namespace Hts.Commands;

/// <summary>A mistake that the user can put right; shown as one line, without a trace.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
