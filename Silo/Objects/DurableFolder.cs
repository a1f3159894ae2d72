using System.Runtime.InteropServices;

namespace Hts.Objects;

/// <summary>
/// Makes changes of folder entries (new names, renames, removals) survive a power cut: on Unix that takes an fsync of the folder,
/// which .NET has no call for. Windows journals them by itself.
/// </summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;
    private const int InterruptedErrno = 4;

    /// <summary>Creates the folder with all that lead to it, each new name made durable.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
            Create(parent);
        Directory.CreateDirectory(path);
        if (parent is not null)
            Sync(parent);
    }

    /// <summary>Waits until all entries of the folder are on disk.</summary>
    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Retry(() => open(path, ReadOnly), "open", path);
        try
        {
            Retry(() => fsync(handle), "fsync", path);
        }
        finally
        {
            _ = close(handle);
        }
    }

    private static int Retry(Func<int> call, string name, string path)
    {
        while (true)
        {
            var result = call();
            if (result >= 0)
                return result;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != InterruptedErrno)
                throw new IOException($"{name} of the folder '{path}' failed: {Marshal.GetPInvokeErrorMessage(errno)}.", errno);
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int handle);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int handle);
}
