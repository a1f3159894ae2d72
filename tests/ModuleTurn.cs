[assembly: AssemblyFixture(typeof(Hts.Tests.ModuleTurn))]

namespace Hts.Tests;

/// <summary>
/// Where processors are few, one test project runs at a time, whoever starts them: many run whole programs with a market 60 or 120
/// times as fast as the clock, and side by side these are late for their slots, and slower in the end than one after the other.
/// </summary>
public sealed class ModuleTurn : IAsyncLifetime
{
    private const int EnoughProcessors = 8;

    /// <summary>Set for the processes that a test starts: its own project once more, with another filter, shares its turn.</summary>
    private const string Shared = "HTS_TESTS_TURN_IS_TAKEN";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private FileStream? turn;

    public async ValueTask InitializeAsync()
    {
        if (Environment.ProcessorCount >= EnoughProcessors || Environment.GetEnvironmentVariable(Shared) is not null)
            return;
        var path = Path.Combine(Path.GetTempPath(), $"hts-tests-{Environment.UserName}.turn");
        while (turn is null)
        {
            try
            {
                // Locked while it is open: a project that dies leaves its turn to the next.
                turn = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause);
            }
        }
        Environment.SetEnvironmentVariable(Shared, "1");
    }

    public ValueTask DisposeAsync() => turn?.DisposeAsync() ?? ValueTask.CompletedTask;
}
