namespace Hts.Tests.Hosting;

/// <summary>Where things stand, seen from a test's output folder.</summary>
internal static class Paths
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory);

    /// <summary>Root of the checkout: tests/X/bin/Configuration/framework stands five levels below.</summary>
    public static string Root => Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Program(string project) =>
        Path.Combine(Root, project, "bin", Output.Parent!.Name, Output.Name, $"{project}.dll");

    public static string TestProgram(string project) =>
        Path.Combine(Root, "tests", project, "bin", Output.Parent!.Name, Output.Name, $"{project}.dll");

    /// <summary>Recorded market data beside the checkout. Without it a test is skipped, in CI it fails.</summary>
    public static string MarketData(string relative)
    {
        for (var folder = new DirectoryInfo(Root); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", relative);
            if (Path.Exists(path))
                return path;
        }
        var missing = $"There is no recorded market data 'shared/data/{relative}' beside the checkout.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(missing);
        Assert.Skip(missing);
        return "";
    }
}
