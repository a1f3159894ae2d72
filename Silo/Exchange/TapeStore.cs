using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Hts.Exchange;

/// <summary>One symbol's records on disk, read where they are needed.</summary>
internal sealed class TapeStore : IDisposable
{
    public const string Ending = ".tape";

    private readonly SafeFileHandle handle;

    /// <exception cref="InvalidDataException">The file is empty or cut off.</exception>
    public TapeStore(string path)
    {
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        var length = RandomAccess.GetLength(handle);
        Count = length / TapeRecord.Size;
        if (Count == 0 || length % TapeRecord.Size != 0)
            throw new InvalidDataException($"'{path}' is no whole tape; remove its folder to have it made anew.");
        FirstTs = TsAt(0);
        LastTs = TsAt(Count - 1);
    }

    public long Count { get; }

    /// <summary>Times are the source's.</summary>
    public long FirstTs { get; }

    public long LastTs { get; }

    public int Read(long index, Span<TapeRecord> into)
    {
        if (index >= Count)
            return 0;
        var wanted = (int)Math.Min(into.Length, Count - index);
        var bytes = MemoryMarshal.AsBytes(into[..wanted]);
        var offset = index * TapeRecord.Size;
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(handle, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException("A tape became shorter while it was played.");
            bytes = bytes[read..];
            offset += read;
        }

        return wanted;
    }

    /// <summary>Index of the first record at or after <paramref name="ts"/>, or <see cref="Count"/>.</summary>
    public long IndexAt(long ts)
    {
        long low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (TsAt(middle) < ts)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    public void Dispose() => handle.Dispose();

    private long TsAt(long index)
    {
        var record = default(TapeRecord);
        Read(index, new Span<TapeRecord>(ref record));
        return record.Ts;
    }
}
