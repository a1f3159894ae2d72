using System.Globalization;
using System.Security.Cryptography;

namespace Hts.Postgres;

/// <summary>The files of one embedded server below <c>&lt;data folder&gt;/postgres</c>.</summary>
internal sealed class ServerFolder
{
    /// <summary>What it is called in the data folder.</summary>
    public const string Name = "postgres";

    private const long LogBytes = 16 << 20;

    public ServerFolder(string dataDir)
    {
        try
        {
            DataDir = RealPath.Of(Directory.CreateDirectory(dataDir).FullName);
            Root = Directory.CreateDirectory(Path.Combine(DataDir, Name)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"Cannot write in the data folder: {e.Message}", e);
        }
    }

    public string DataDir { get; }

    public string Root { get; }

    /// <summary>What PostgreSQL calls its data directory.</summary>
    public string Data => Path.Combine(Root, "data");

    public string LockFile => Path.Combine(DataDir, "postgres.lock");

    public string Log => Path.Combine(Root, "server.log");

    public string PasswordFile => Path.Combine(Root, "password");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Where initdb works before the finished folder takes its name: a half-made one is never mistaken for a database.</summary>
    public string Unfinished => Path.Combine(Root, "data.tmp");

    /// <summary>Major version that made the data; null when there is none.</summary>
    public int? Major
    {
        get
        {
            var file = Path.Combine(Data, "PG_VERSION");
            if (!File.Exists(file))
                return null;
            return int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major)
                ? major
                : throw new EmbeddedPostgresException($"{file} does not hold a version: the data folder is damaged.");
        }
    }

    /// <summary>The server's password, made at random on first use and readable by its owner only.</summary>
    public string EnsurePassword()
    {
        if (ReadPassword() is { } known)
            return known;
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var unfinished = PasswordFile + ".tmp";
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(password));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, PasswordFile);
        return password;
    }

    /// <summary>Null when no server was ever made here.</summary>
    public string? ReadPassword()
    {
        try
        {
            return File.Exists(PasswordFile) ? File.ReadAllText(PasswordFile).Trim() : null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedPostgresException($"{PasswordFile} belongs to another account: use the one that made the data folder.", e);
        }
    }

    /// <summary>Keeps the server's log of this run and one older part.</summary>
    public void RotateLog()
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > LogBytes)
            File.Move(Log, Log + ".1", overwrite: true);
    }

    /// <summary>The newest line of the server's log that tells of trouble, for error messages.</summary>
    public string LastTrouble()
    {
        if (!File.Exists(Log))
            return "its log is empty";
        var lines = File.ReadLines(Log).TakeLast(50).ToList();
        return lines.FindLast(l => l.Contains("FATAL:") || l.Contains("PANIC:") || l.Contains("LOG:  could not"))
            ?? lines.LastOrDefault()
            ?? "its log is empty";
    }
}
