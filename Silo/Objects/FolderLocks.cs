using System.Text;

namespace Hts.Objects;

/// <summary>
/// Exclusive locks of keys between all processes that use a folder, as advisory locks on files, which the system releases when
/// their holder dies. Keys share a fixed number of lock files, so that these never need to be removed (removing a lock file
/// while somebody waits for it would let two in).
/// </summary>
internal sealed class FolderLocks(string folder, TimeProvider time, TimeSpan timeout)
{
    private const int Stripes = 64;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Held until the result is disposed.</summary>
    /// <exception cref="ObjectStoreException">Another holder did not let go in time.</exception>
    public async Task<IDisposable> Take(string key, CancellationToken cancellation)
    {
        DurableFolder.Create(folder);
        var path = Path.Combine(folder, $"{Stripe(key):x2}.lock");
        var began = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (FolderErrors.IsLocked(e))
            {
                if (time.GetElapsedTime(began) > timeout)
                {
                    throw new ObjectStoreException(
                        key, ObjectFault.Unreachable, $"'{key}' is locked by another writer for more than {timeout.TotalSeconds:0} s ('{path}').", e);
                }
            }
            // Jitter keeps waiters from meeting at the same instants for ever.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, cancellation);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    private static int Stripe(string key)
    {
        // Stable between processes, unlike string.GetHashCode.
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ b) * 1099511628211UL;
        return (int)((hash ^ (hash >> 32)) % Stripes);
    }
}
