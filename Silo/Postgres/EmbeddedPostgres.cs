using System.Net;
using System.Net.Sockets;

namespace Hts.Postgres;

/// <summary>
/// A PostgreSQL server of our own under the data folder, for use without a database at hand: loopback only, scram password,
/// fsync on. One process owns it; it is started, taken over after a crash of its owner, restarted when it dies, and stopped with us.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    private readonly EmbeddedPostgresOptions options;
    private readonly ServerFolder folder;
    private readonly DataFolderLock owned;
    private readonly Unprivileged account;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private PostgresBinaries? binaries;
    private ServerAccess access = null!;
    private Task watching = Task.CompletedTask;
    private int disposed;

    private EmbeddedPostgres(
        EmbeddedPostgresOptions options, ServerFolder folder, DataFolderLock owned, Unprivileged account, TimeProvider time, ILogger logger)
    {
        this.options = options;
        this.folder = folder;
        this.owned = owned;
        this.account = account;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Owns the data folder's server: makes, starts, recovers or takes it over.</summary>
    /// <exception cref="EmbeddedPostgresException">Another process owns it, or it cannot be started.</exception>
    public static async Task<PostgresLease> Start(
        EmbeddedPostgresOptions options, TimeProvider time, ILogger<EmbeddedPostgres> logger, CancellationToken cancellation)
    {
        options.Validate();
        var folder = new ServerFolder(options.DataDir);
        return DataFolderLock.TryTake(folder.LockFile) is { } owned
            ? await Own(options, folder, owned, time, logger, cancellation)
            : throw new EmbeddedPostgresException(
                $"The data folder {folder.DataDir} is in use by process {DataFolderLock.Holder(folder.LockFile)}: stop that one first, or use another --data-dir.");
    }

    /// <summary>A guest on the running server of the data folder if another process owns it, else as <see cref="Start"/>.</summary>
    /// <exception cref="EmbeddedPostgresException">The server cannot be started, or does not answer in time.</exception>
    public static async Task<PostgresLease> ConnectOrStart(
        EmbeddedPostgresOptions options, TimeProvider time, ILogger<EmbeddedPostgres> logger, CancellationToken cancellation)
    {
        options.Validate();
        var folder = new ServerFolder(options.DataDir);
        var began = time.GetTimestamp();
        while (true)
        {
            if (DataFolderLock.TryTake(folder.LockFile) is { } owned)
                return await Own(options, folder, owned, time, logger, cancellation);
            if (Postmaster.Read(folder.PidFile) is { Port: > 0 } running && folder.ReadPassword() is { } password)
            {
                var server = new ServerAccess(folder.Data, options.Database, running.Port, password);
                if (await server.Answers(options.Database, cancellation))
                {
                    LogGuest(logger, running.Port, DataFolderLock.Holder(folder.LockFile));
                    return new PostgresLease(server.ConnectionString, null);
                }
            }

            if (time.GetElapsedTime(began) > options.Timeout)
            {
                throw new EmbeddedPostgresException(
                    $"Process {DataFolderLock.Holder(folder.LockFile)} owns the server in {folder.DataDir}, which did not answer within {options.Timeout.TotalSeconds:0} s.");
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Stops the server and gives the data folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        await stopping.CancelAsync();
        await watching;
        try
        {
            await Stop("fast", CancellationToken.None);
            LogStopped(logger, folder.DataDir);
        }
        finally
        {
            owned.Dispose();
            stopping.Dispose();
        }
    }

    private static async Task<PostgresLease> Own(
        EmbeddedPostgresOptions options, ServerFolder folder, DataFolderLock owned, TimeProvider time, ILogger logger, CancellationToken cancellation)
    {
        EmbeddedPostgres? server = null;
        try
        {
            var account = await Unprivileged.Create(options.UnprivilegedUser, cancellation);
            server = new EmbeddedPostgres(options, folder, owned, account, time, logger);
            await server.Begin(cancellation);
            return new PostgresLease(server.access.ConnectionString, server);
        }
        catch
        {
            if (server is null)
                owned.Dispose();
            else
                await server.DisposeAsync();
            throw;
        }
    }

    private PostgresBinaries Binaries => binaries ?? throw new InvalidOperationException("The programs are not found yet.");

    private async Task Begin(CancellationToken cancellation)
    {
        binaries = await PostgresBinariesFinder.Find(options.BinDir, folder.Major, cancellation);
        await account.RequireReach(binaries.BinDir, "PostgreSQL's programs", cancellation);
        await account.RequireReach(folder.DataDir, "the data folder", cancellation);
        var password = folder.EnsurePassword();
        if (folder.Major is null)
            await Initialise(cancellation);

        var port = await TakeOver(password, cancellation);
        if (port is null)
        {
            port = await StartOnFreePort(cancellation);
            LogStarted(logger, binaries.Major, binaries.Packaged ? "package" : "system", port.Value, folder.DataDir);
        }

        access = new ServerAccess(folder.Data, options.Database, port.Value, password);
        await access.EnsureDatabase(cancellation);
        watching = Watch();
    }

    private async Task Initialise(CancellationToken cancellation)
    {
        if (Directory.Exists(folder.Unfinished))
            Directory.Delete(folder.Unfinished, recursive: true);
        await account.Own(folder.Root, cancellation);
        var (exit, output) = await ToolProcess.Run(
            account.Command(
                Binaries.InitDb, "-D", folder.Unfinished, "-U", ServerAccess.User, "-A", "scram-sha-256", "--pwfile", folder.PasswordFile,
                "-E", "UTF8", "--no-locale"),
            folder.Root, options.Timeout, cancellation);
        if (exit != 0)
            throw new EmbeddedPostgresException($"initdb failed: {LastLine(output)}");
        Directory.Move(folder.Unfinished, folder.Data);
    }

    /// <summary>
    /// The port of a server that a killed owner left running, taken over as it is; null when there is none (any more).
    /// What remains of a dead one is waited for and its pid file removed, so that PostgreSQL recovers at the next start.
    /// </summary>
    private async Task<int?> TakeOver(string password, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (Postmaster.Read(folder.PidFile) is { } found)
        {
            if (!found.IsAliveIn(folder.Data))
            {
                await UntilEmpty(cancellation);
                File.Delete(folder.PidFile);
                LogRecovering(logger, found.Pid);
                return null;
            }

            if (found.Port > 0 && await new ServerAccess(folder.Data, options.Database, found.Port, password).Answers("postgres", cancellation))
            {
                LogTakenOver(logger, found.Pid, found.Port);
                return found.Port;
            }

            if (time.GetElapsedTime(began) > options.Timeout / 2)
            {
                // It lives in our folder and answers to nobody: end it the way a crash would, the log of changes repairs the rest.
                await Stop("immediate", cancellation);
                return null;
            }

            await Task.Delay(Pause, time, cancellation);
        }

        // A pid file can be missing or torn while a killed server's children still write.
        await UntilEmpty(cancellation);
        return null;
    }

    private async Task UntilEmpty(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (Postmaster.Inside(folder.Data) is { Count: > 0 } left)
        {
            if (time.GetElapsedTime(began) > options.Timeout)
                throw new EmbeddedPostgresException($"Processes of a killed PostgreSQL still work in {folder.Data}: {string.Join(", ", left)}.");
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task<int> StartOnFreePort(CancellationToken cancellation)
    {
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            int port;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            // Between our look and the server's bind another program may take the port.
            if (await TryStart(port, cancellation))
                return port;
            if (attempt == attempts)
                throw new EmbeddedPostgresException($"PostgreSQL does not start: {folder.LastTrouble()} (see {folder.Log})");
        }
    }

    /// <summary>False when the port was taken.</summary>
    private async Task<bool> TryStart(int port, CancellationToken cancellation)
    {
        folder.RotateLog();
        await account.Own(folder.Root, cancellation);
        var settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c full_page_writes=on "
            + $"-c synchronous_commit=on -c max_connections={options.MaxConnections} -c shared_buffers={options.SharedBuffersMb}MB "
            + $"-c max_locks_per_transaction={options.LocksPerTransaction} "
            + "-c max_wal_size=2GB -c checkpoint_timeout=15min -c timezone=UTC -c log_timezone=UTC -c datestyle=ISO";
        var seconds = Math.Ceiling(options.Timeout.TotalSeconds);
        var (exit, output) = await ToolProcess.Run(
            account.Command(Binaries.PgCtl, "start", "-w", "-s", "-t", $"{seconds}", "-D", folder.Data, "-l", folder.Log, "-o", settings),
            folder.Root, options.Timeout + TimeSpan.FromSeconds(5), cancellation);
        if (exit == 0)
            return true;
        var trouble = folder.LastTrouble();
        if (trouble.Contains("TCP/IP sockets", StringComparison.Ordinal) || trouble.Contains("could not bind", StringComparison.Ordinal))
            return false;
        throw new EmbeddedPostgresException($"PostgreSQL does not start: {trouble} {LastLine(output)} (see {folder.Log})");
    }

    /// <summary>Brings a server that died back on its port, so that connection strings stay valid.</summary>
    private async Task Watch()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(WatchEvery, time, stopping.Token);
                if (Postmaster.Read(folder.PidFile) is { } running && running.IsAliveIn(folder.Data))
                    continue;
                LogDied(logger, folder.LastTrouble());
                await UntilEmpty(stopping.Token);
                File.Delete(folder.PidFile);
                if (await TryStart(access.Port, stopping.Token))
                    LogRestarted(logger, access.Port);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
            {
                LogRestartFailed(logger, e);
            }
        }
    }

    private async Task Stop(string mode, CancellationToken cancellation)
    {
        if (binaries is null || Postmaster.Read(folder.PidFile) is not { } running || !running.IsAliveIn(folder.Data))
            return;
        var seconds = Math.Ceiling(options.Timeout.TotalSeconds);
        var (exit, output) = await ToolProcess.Run(
            account.Command(Binaries.PgCtl, "stop", "-w", "-s", "-m", mode, "-t", $"{seconds}", "-D", folder.Data),
            folder.Root, options.Timeout + TimeSpan.FromSeconds(5), cancellation);
        if (exit != 0 && Postmaster.Read(folder.PidFile) is { } still && still.IsAliveIn(folder.Data))
            throw new EmbeddedPostgresException($"PostgreSQL does not stop: {LastLine(output)}");
    }

    private static string LastLine(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("no message").Trim();
}
