namespace Hts.Tests;

/// <summary>The files of the checkout that the tests were built from, without what <c>.gitignore</c> names.</summary>
internal sealed class Checkout
{
    private readonly HashSet<string> ignoredNames = new(StringComparer.Ordinal) { ".git" };
    private readonly HashSet<string> ignoredPaths = new(StringComparer.Ordinal);

    private Checkout(string root)
    {
        Root = root;
        foreach (var line in File.ReadLines(Path.Combine(root, ".gitignore")).Select(line => line.Trim()).Where(line => line.EndsWith('/')))
        {
            if (line.StartsWith('/'))
                ignoredPaths.Add(line.Trim('/'));
            else
                ignoredNames.Add(line.TrimEnd('/'));
        }
        Files = [.. Walk("").Order(StringComparer.Ordinal)];
    }

    public static Checkout Here { get; } = new(FindRoot());

    public string Root { get; }

    /// <summary>Paths below the root, with '/'.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>C# sources of the product.</summary>
    public IEnumerable<string> Sources =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal));

    public string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Orleans.sln.");
    }

    private IEnumerable<string> Walk(string folder)
    {
        foreach (var item in new DirectoryInfo(Path.Combine(Root, folder)).EnumerateFileSystemInfos())
        {
            var path = folder.Length == 0 ? item.Name : $"{folder}/{item.Name}";
            if (item is FileInfo)
                yield return path;
            else if (!ignoredNames.Contains(item.Name) && !ignoredPaths.Contains(path) && item.LinkTarget is null)
            {
                foreach (var file in Walk(path))
                    yield return file;
            }
        }
    }
}
