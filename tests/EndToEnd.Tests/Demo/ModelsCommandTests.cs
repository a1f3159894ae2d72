using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

/// <summary>The serving model moved by command, against the running demo.</summary>
[Collection(DemoCollection.Name)]
public sealed class ModelsCommandTests(TapeDemo demo)
{
    [Fact]
    public async Task The_serving_model_is_pinned_held_and_freed_and_the_history_tells_it()
    {
        var serving = (await demo.Silo.Get("/api/models/current")).GetProperty("epoch").GetProperty("version").GetString()!;

        (await Models("pin", serving, "--reason", "hold it")).Output.ShouldContain(serving);
        try
        {
            (await Models("current")).Output.ShouldContain("by command: hold it");
            var refused = await Models("rollback", "--reason", "x");
            (refused.ExitCode, refused.Errors.Trim()).ShouldBe((1, $"error: pinned to {serving} by command (hold it)"));
        }
        finally
        {
            (await Models("unpin", "--reason", "seen enough")).ExitCode.ShouldBe(0);
        }
        (await Models("current")).Output.ShouldNotContain("pinned to");
        var lines = (await Models("history", "--limit", "200")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldContain(line => line.Contains("unpin") && line.Contains($"{serving} by command: seen enough"));
        lines.ShouldContain(line => line.Contains("promote") && line.Contains("(epoch 1) by training: "));
    }

    [Fact]
    public async Task What_the_gateway_says_against_it_is_the_error()
    {
        var run = await Models("promote", "nobody", "--reason", "x");
        (run.ExitCode, run.Errors.Trim()).ShouldBe((1, "error: There is no model 'nobody'."));
    }

    private Task<CommandRun> Models(params string[] arguments) =>
        CommandRun.Silo(["models", .. arguments, "--url", demo.Silo.Http.BaseAddress!.ToString()]);
}
