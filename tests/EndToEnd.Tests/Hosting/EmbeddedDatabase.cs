namespace Hts.Tests.Hosting;

/// <summary>What others may know of a running silo's data folder.</summary>
internal static class EmbeddedDatabase
{
    /// <summary>Connection string of its embedded database.</summary>
    public static string ConnectionString(string folder)
    {
        var server = Path.Combine(folder, "postgres");
        var port = File.ReadLines(Path.Combine(server, "data", "postmaster.pid")).ElementAt(3);
        return $"Host=127.0.0.1;Port={port};Username=hts;Database=hts;Password={File.ReadAllText(Path.Combine(server, "password")).Trim()}";
    }
}
