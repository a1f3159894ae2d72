using System.Runtime.ExceptionServices;

namespace Hts.Objects;

/// <summary>Carries a failure of the caller's own stream past the translation of the store's failures.</summary>
internal sealed class ForeignReadException(Exception cause) : Exception(cause.Message, cause)
{
    /// <exception cref="ForeignReadException">The source failed.</exception>
    public static async ValueTask<int> Read(Stream source, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ForeignReadException(e);
        }
    }

    /// <summary>Throws the source's own exception with its own stack.</summary>
    public void Rethrow() => ExceptionDispatchInfo.Throw(InnerException!);
}
