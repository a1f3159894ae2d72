using System.Diagnostics;

namespace Hts.Tests.Hosting;

/// <summary>One run of a program to its end.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static Task<CommandRun> Silo(params string[] arguments) => Of(StartInfo("Silo", arguments));

    public static Task<CommandRun> Silo(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = StartInfo("Silo", arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Of(start);
    }

    public static async Task<CommandRun> Of(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        if (start.RedirectStandardInput)
            process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', start.ArgumentList)} did not end within {Longest}.");
        }
        return new CommandRun(process.ExitCode, await output, await errors);
    }

    public static ProcessStartInfo StartInfo(string project, IEnumerable<string> arguments) =>
        new("dotnet", [Paths.Program(project), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
}
