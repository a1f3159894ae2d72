using System.Diagnostics;
using Hts.Tests.SageMaker;
using Hts.Training;

namespace Hts.Tests.Training;

/// <summary>What is left of a training when its host or its process is ended.</summary>
public sealed class LocalTrainingStopTests : IAsyncLifetime
{
    /// <summary>So many that a training is still under way whenever it is looked at.</summary>
    private const int Rows = 20_000;

    private SageMakerWorld world = null!;

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    private TrainingJob Job => world.Job("local");

    public async ValueTask InitializeAsync()
    {
        world = await SageMakerWorld.Create(Rows);
        world.Schedule.Members = ["mlp"];
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_training_that_its_host_stops_has_not_ended_and_is_begun_again_under_its_name()
    {
        await using (var stopped = world.Local())
        {
            await stopped.Start(Job, Patience);
            await Training();
        }
        await using var next = world.Local();
        (await next.Describe(Job, Patience)).ShouldBeNull();
        (await next.Start(Job, Patience)).State.ShouldBe("running");
        (await next.Describe(Job, Patience))!.State.ShouldBe("running");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_process_that_is_told_to_end_before_its_host_is_says_nothing_about_the_training(string signal)
    {
        await using var backend = world.Local();
        await backend.Start(Job, Patience);
        await Kill(await Training(), signal);
        await Left(backend);
        var again = await backend.Start(Job, Patience);
        again.State.ShouldBe("running", again.Failure);
    }

    [Fact]
    public async Task A_process_that_dies_while_its_host_stops_says_nothing_about_the_training()
    {
        await using var backend = world.Local();
        await backend.Start(Job, Patience);
        var child = await Training();
        world.Host.StopApplication();
        await Kill(child, "KILL");
        await Left(backend);
        // The one after us trains: we do not begin what we would have to end.
        (await backend.Start(Job, Patience)).State.ShouldBe("running");
        (await backend.Describe(Job, Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task A_process_that_dies_by_itself_has_failed()
    {
        await using var backend = world.Local();
        await backend.Start(Job, Patience);
        await Kill(await Training(), "KILL");
        (await SageMakerWorld.End(backend, Job)).State.ShouldBe("failed");
    }

    /// <summary>The process that trains, once it does, held so that it does not end by itself.</summary>
    private async Task<string> Training()
    {
        var limit = Patience;
        var log = new FileInfo(Path.Combine(world.FolderOf(Job), "train.log"));
        while (!log.Exists || log.Length == 0)
        {
            await Task.Delay(20, limit);
            log.Refresh();
        }
        var child = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Single(p => CommandOf(p!).Contains(world.FolderOf(Job), StringComparison.Ordinal))!;
        await Kill(child, "STOP");
        return child;
    }

    private static string CommandOf(string process)
    {
        try
        {
            return int.TryParse(process, out _) ? File.ReadAllText($"/proc/{process}/cmdline") : "";
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }

    private static async Task Kill(string process, string signal)
    {
        string[] signals = signal == "STOP" ? [signal] : [signal, "CONT"];
        foreach (var each in signals)
        {
            using var kill = Process.Start("kill", [$"-{each}", process]);
            await kill.WaitForExitAsync(Patience);
        }
    }

    private async Task Left(LocalTrainingBackend backend)
    {
        var limit = Patience;
        while (await backend.Describe(Job, limit) is { } outcome)
        {
            outcome.State.ShouldBe("running", outcome.Failure);
            await Task.Delay(20, limit);
        }
    }
}
