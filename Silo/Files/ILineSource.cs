namespace Hts.Files;

/// <summary>Comma-separated lines of one part, one after the other; the first may be a header.</summary>
internal interface ILineSource : IDisposable
{
    /// <summary>Number of the line that was read last, from 1.</summary>
    long Line { get; }

    /// <summary>Bytes of the file that were read so far, as good as is known; for progress.</summary>
    long Position { get; }

    /// <summary>The next line that is not empty; it is valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
    bool TryRead(out ReadOnlySpan<byte> line);
}
