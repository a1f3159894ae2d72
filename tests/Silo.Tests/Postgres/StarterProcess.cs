using System.Diagnostics;
using System.Runtime.CompilerServices;
using Hts.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Postgres;

/// <summary>
/// This test program run again as another program: it owns an embedded PostgreSQL until it is killed or its input is closed.
/// </summary>
public sealed class StarterProcess : IDisposable
{
    private const string Marker = "HTS_TEST_POSTGRES_DATA_DIR";
    private readonly Process process;

    private StarterProcess(Process process) => this.process = process;

    public string ConnectionString { get; private init; } = "";

    public int Id => process.Id;

    public static async Task<StarterProcess> Start(string dataDir)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[Marker] = dataDir;
        // What a user's shell may hold must not reach the server.
        start.Environment["PGPORT"] = "1";
        start.Environment["PGDATA"] = "/nowhere";
        start.Environment["PGOPTIONS"] = "-c fsync=off";
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return new StarterProcess(process) { ConnectionString = line ?? throw new InvalidOperationException("The starter ended early.") };
    }

    /// <summary>kill -9 of the program alone.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>An orderly end.</summary>
    public async Task End()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    [ModuleInitializer]
    internal static void RunAsStarter()
    {
        if (Environment.GetEnvironmentVariable(Marker) is not { } dataDir)
            return;
        // Nothing of this module may run on another thread before its initializer ends: wait here, for code of other modules only.
        var lease = EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { DataDir = dataDir }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance, default).GetAwaiter().GetResult();
        Console.WriteLine(lease.ConnectionString);
        Console.In.ReadToEnd();
        lease.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Environment.Exit(0);
    }
}
