namespace Hts.Objects;

/// <summary>A step of walking a folder in the order of keys: an object, or a sub-folder still to be read.</summary>
/// <param name="Key">The object's key, or the folder's with a slash at its end; empty for the root.</param>
/// <param name="Object">The object, or null for a folder.</param>
internal sealed record FolderEntry(string Key, ObjectInfo? Object)
{
    public static FolderEntry Root { get; } = new("", null);

    /// <summary>
    /// What can match the prefix directly in this folder. Sorting folders with their slash gives the ordinal order of whole keys:
    /// <c>a-b</c> stands before <c>a/b</c>.
    /// </summary>
    public List<FolderEntry> Children(string root, string prefix)
    {
        List<FolderEntry> found = [];
        DirectoryInfo folder = new(Path.Combine(root, Key));
        if (!folder.Exists)
            return found;
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var key = Key + item.Name;
            // Folders behind links could lead round in circles.
            if (!ObjectKey.IsValid(key) || (item is DirectoryInfo && item.LinkTarget is not null))
                continue;
            if (item is DirectoryInfo && Meets(key + "/", prefix))
                found.Add(new(key + "/", null));
            else if (item is FileInfo { Exists: true } file && key.StartsWith(prefix, StringComparison.Ordinal))
                found.Add(new(key, new(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds())));
        }
        found.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return found;
    }

    private static bool Meets(string folder, string prefix) =>
        folder.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(folder, StringComparison.Ordinal);
}
