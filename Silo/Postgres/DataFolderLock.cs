using System.Globalization;

namespace Hts.Postgres;

/// <summary>
/// Held by the one process that owns a data folder's server. An advisory lock of the operating system:
/// it goes with its process, however that dies.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Null when another process holds it.</summary>
    public static DataFolderLock? TryTake(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"Cannot write in the data folder: {e.Message}", e);
        }

        // Beside the lock, not in it: nobody else can open a locked file.
        File.WriteAllText(OwnerFile(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new DataFolderLock(file);
    }

    /// <summary>Process id of the holder as it wrote it; "unknown" when it cannot be read.</summary>
    public static string Holder(string path)
    {
        try
        {
            var text = File.ReadAllText(OwnerFile(path)).Trim();
            return text.Length > 0 ? text : "unknown";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }

    public void Dispose() => file.Dispose();

    private static string OwnerFile(string path) => Path.ChangeExtension(path, ".owner");
}
