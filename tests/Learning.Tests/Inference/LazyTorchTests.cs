using System.Diagnostics;
using Hts.Inference;
using Hts.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Inference;

/// <summary>Whether libtorch is loaded can only be seen in a process of its own: the test starts itself there.</summary>
public sealed class LazyTorchTests
{
    private const string Role = "HTS_LAZY_TORCH_PROBE";

    [Fact]
    public async Task Models_without_a_perceptron_never_load_libtorch()
    {
        if (Environment.GetEnvironmentVariable(Role) == "1")
            await Probe();
        else
            await RunAlone();
    }

    private static async Task Probe()
    {
        await using var engine = new InferenceEngine(new InferenceOptions(), null, NullLogger<InferenceEngine>.Instance);
        await engine.Load("v1", new MemoryStream(SampleModels.Artefact(1, MemberKinds.Ridge)), CancellationToken.None);
        await engine.Forecast("v1", SampleModels.Inputs(1)[0], CancellationToken.None);
        IsLoaded().ShouldBeFalse();

        await engine.Load("v2", new MemoryStream(SampleModels.Artefact(1, MemberKinds.Mlp)), CancellationToken.None);
        await engine.Forecast("v2", SampleModels.Inputs(1)[0], CancellationToken.None);
        IsLoaded().ShouldBeTrue();
    }

    private static bool IsLoaded() => Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
        .Any(m => m.ModuleName.Contains("torch_cpu", StringComparison.OrdinalIgnoreCase));

    private static async Task RunAlone()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.ArgumentList.Add("--filter-class");
        start.ArgumentList.Add(typeof(LazyTorchTests).FullName!);
        start.Environment[Role] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
        output.ShouldContain("succeeded: 1");
    }
}
