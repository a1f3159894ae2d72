[assembly: AssemblyFixture(typeof(Hts.Tests.ModuleTurn))]

namespace Hts.Tests;

/// <summary>
/// Where processors are few, one test project runs at a time, whoever starts them: many run whole programs with a market 60 or 120
/// times as fast as the clock, and side by side these are late for their slots, and slower in the end than one after the other.
/// </summary>
public sealed class ModuleTurn : IAsyncLifetime
{
    private const int EnoughProcessors = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private FileStream? turn;

    public async ValueTask InitializeAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"hts-tests-{Environment.UserName}.turn");
        while (turn is null && Environment.ProcessorCount < EnoughProcessors)
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
    }

    public ValueTask DisposeAsync() => turn?.DisposeAsync() ?? ValueTask.CompletedTask;
}
