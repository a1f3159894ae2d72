using System.Diagnostics;
using Hts.Tests.Hosting;

namespace Hts.Tests.SageMaker;

/// <summary>The stand-in for S3 and SageMaker as a process of its own.</summary>
internal sealed class DoubleProcess : IAsyncDisposable
{
    private const string Head = "export ";
    private readonly Process process;

    private DoubleProcess(Process process, Dictionary<string, string> settings)
    {
        this.process = process;
        Settings = settings;
    }

    /// <summary>The environment that makes the program use it.</summary>
    public Dictionary<string, string> Settings { get; }

    public static async Task<DoubleProcess> Start(params string[] arguments)
    {
        var program = Paths.TestProgram("S3Double");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--port", "0", .. arguments]) { RedirectStandardOutput = true })!;
        Dictionary<string, string> settings = [];
        while (!settings.ContainsKey("SAGEMAKER_ROLE_ARN"))
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The double ended at its start.");
            line.ShouldStartWith(Head);
            var setting = line[Head.Length..].Split('=', 2);
            settings[setting[0]] = setting[1];
        }
        return new DoubleProcess(process, settings);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
