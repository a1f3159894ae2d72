using System.Diagnostics;
using System.Globalization;

namespace Hts.Postgres;

/// <summary>The server process that a data folder's pid file names.</summary>
/// <param name="Port">0 until the server has written it.</param>
internal readonly record struct Postmaster(int Pid, int Port)
{
    /// <summary>Null when there is no pid file or it is still being written.</summary>
    public static Postmaster? Read(string pidFile)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(pidFile);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid))
            return null;
        // Line 4 is the port; the file grows while the server starts.
        var port = lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var p) ? p : 0;
        return new Postmaster(pid, port);
    }

    /// <summary>
    /// True when that process lives and works in the data folder. A zombie is dead: where process 1 reaps late it keeps its number,
    /// and so does a stranger who got the number since; PostgreSQL itself can tell neither and would refuse its own stale pid file.
    /// </summary>
    public bool IsAliveIn(string dataFolder)
    {
        if (OperatingSystem.IsLinux())
            return !IsZombie(Pid) && WorkingDirectory(Pid.ToString(CultureInfo.InvariantCulture)) == dataFolder;
        try
        {
            using var process = Process.GetProcessById(Pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Processes whose working directory is the folder: what is left of a server whose head was killed. Empty where that cannot be told.</summary>
    public static IReadOnlyList<string> Inside(string dataFolder) =>
        OperatingSystem.IsLinux()
            ? Directory.GetDirectories("/proc")
                .Select(p => Path.GetFileName(p))
                .Where(p => char.IsAsciiDigit(p[0]) && WorkingDirectory(p) == dataFolder)
                .ToList()
            : [];

    private static bool IsZombie(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // "pid (name) S …": the name may hold anything, so look behind its closing bracket.
            var state = stat[(stat.LastIndexOf(')') + 2)..];
            return state[0] is 'Z' or 'X';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string? WorkingDirectory(string pid)
    {
        try
        {
            return new DirectoryInfo($"/proc/{pid}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or another account's: then it is not our server.
            return null;
        }
    }
}
