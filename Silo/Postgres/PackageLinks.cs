using System.Text.Json;

namespace Hts.Postgres;

/// <summary>
/// npm archives carry no symbolic links, so the package lists its libraries' links in a file for a script to make.
/// Packages are restored without running their scripts; this makes the links.
/// </summary>
internal static class PackageLinks
{
    /// <param name="native">The package's folder <c>native</c>.</param>
    public static void Make(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(File.ReadAllBytes(list));
        var root = Path.GetFullPath(Path.GetDirectoryName(native)!) + Path.DirectorySeparatorChar;
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.GetFullPath(link.GetProperty("source").GetString()!, root);
            var target = Path.GetFullPath(link.GetProperty("target").GetString()!, root);
            // A list that points out of its own package is not obeyed.
            if (!source.StartsWith(root, StringComparison.Ordinal) || !target.StartsWith(root, StringComparison.Ordinal))
                throw new EmbeddedPostgresException($"{list} names a path outside its package: {target}.");
            if (File.Exists(target))
                continue;
            try
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another process made it meanwhile.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EmbeddedPostgresException($"Cannot make the link {target}: {e.Message} Run the program once as the owner of that folder.", e);
            }
        }
    }
}
