namespace Hts.Tests.Files;

/// <summary>Recorded market data that stands beside the checkout, in <c>shared/data</c>.</summary>
internal static class SharedData
{
    public static string Folder { get; } = Find();

    public static string Path(string relative)
    {
        var path = System.IO.Path.Combine(Folder, relative);
        if (Folder.Length > 0 && (File.Exists(path) || Directory.Exists(path)))
            return path;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new FileNotFoundException($"shared/data/{relative} is missing");
        Assert.Skip($"shared/data/{relative} is missing");
        return "";
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return "";
    }
}
