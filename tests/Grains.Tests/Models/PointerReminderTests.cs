using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

/// <summary>On a silo of its own: the reminder that this leaves behind would look while other tests are still writing.</summary>
public sealed class PointerReminderTests(TestSilo silo) : RegistryTests(silo)
{
    [Fact]
    public async Task The_reminder_and_the_timer_look_without_being_asked()
    {
        await Add("a");
        await Promote("a");
        await Registry.Start();
        var (uri, _) = await Artefact("theirs");
        await Overwrite($$"""{"model_uri":"{{uri}}"}""");
        await TestSilo.Remind(Registry, "watch");
        (await Moves())[0].Action.ShouldBe("take");
        await Overwrite("rubbish");
        // What a minute brings: the timer comes at least twice.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        Silo.Time.Advance(TimeSpan.FromSeconds(60));
        while ((await Moves())[0].Action != "refuse")
            await Task.Delay(20, patience.Token);
    }
}
