using System.Globalization;

namespace Hts.Postgres;

/// <summary>Runs the server's tools as an unprivileged account when we are root, which PostgreSQL refuses to be.</summary>
internal sealed class Unprivileged
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly string[] prefix;
    private readonly string? user;

    private Unprivileged(string[] prefix, string? user)
    {
        this.prefix = prefix;
        this.user = user;
    }

    /// <exception cref="EmbeddedPostgresException">We are root and cannot become that account.</exception>
    public static async Task<Unprivileged> Create(string user, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows() || Environment.UserName != "root" || !Environment.IsPrivilegedProcess)
            return new Unprivileged([], null);
        if (!OperatingSystem.IsLinux())
            throw new EmbeddedPostgresException("PostgreSQL does not run as root: start the program as an ordinary user, or set a connection string.");
        var uid = await Id("-u", user, cancellation);
        var gid = await Id("-g", user, cancellation);
        if (uid == 0)
            throw new EmbeddedPostgresException($"Storage:Embedded:UnprivilegedUser is '{user}', which is root.");
        return new Unprivileged(
            ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups", "--no-new-privs", "--"], user);
    }

    public IReadOnlyList<string> Command(params IEnumerable<string> command) => [.. prefix, .. command];

    /// <summary>Makes the account own a folder or file; nothing to do when we are not root.</summary>
    public async Task Own(string path, CancellationToken cancellation)
    {
        if (user is null)
            return;
        var (exit, output) = await ToolProcess.Run(["chown", "-hR", $"{user}:", path], "/", Limit, cancellation);
        if (exit != 0)
            throw new EmbeddedPostgresException($"Cannot give {path} to {user}: {output}");
    }

    /// <exception cref="EmbeddedPostgresException">The account cannot enter a folder above the path; names it and the remedy.</exception>
    public async Task RequireReach(string path, string what, CancellationToken cancellation)
    {
        if (user is null || await Reaches(path, cancellation))
            return;
        var chain = new List<string>();
        for (var at = Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
            chain.Insert(0, at);
        foreach (var folder in chain)
        {
            if (!await Reaches(folder, cancellation))
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL runs as '{user}', who cannot enter {folder} on the way to {what}: run 'chmod o+x {folder}', "
                    + "put it elsewhere, start the program as an ordinary user, or set a connection string.");
            }
        }
    }

    private async Task<bool> Reaches(string folder, CancellationToken cancellation) =>
        (await ToolProcess.Run(Command("test", "-x", folder), "/", Limit, cancellation)).ExitCode == 0;

    private static async Task<uint> Id(string flag, string user, CancellationToken cancellation)
    {
        var (exit, output) = await ToolProcess.Run(["id", flag, user], "/", Limit, cancellation);
        return exit == 0 && uint.TryParse(output, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new EmbeddedPostgresException($"We are root and there is no account '{user}' to run PostgreSQL: create it, or start the program as an ordinary user.");
    }
}
