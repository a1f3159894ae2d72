using System.Diagnostics;
using System.Text.RegularExpressions;
using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

/// <summary>The curl examples of the README, run as written but for address and symbol.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class ReadmeTests(TapeDemo demo)
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ko.md")]
    public async Task Each_curl_example_answers(string readme)
    {
        var examples = Examples(await File.ReadAllTextAsync(Path.Combine(Paths.Root, readme))).ToArray();
        examples.Length.ShouldBeGreaterThan(15);
        foreach (var example in examples)
            await Run(example);
    }

    private async Task Run(string example)
    {
        var command = example
            .Replace("http://localhost:8080", demo.Silo.Http.BaseAddress!.ToString().TrimEnd('/'))
            .Replace("BTCUSDT", TapeDemo.Symbol);
        var start = new ProcessStartInfo("bash", ["-c", command.Replace("curl ", "curl -sS -w '\\n%{http_code}' ")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var status = int.Parse(output.Split('\n')[^1]);
        status.ShouldBeInRange(200, 299, $"{command}\n{output}");
    }

    private static IEnumerable<string> Examples(string text) =>
        Fences().Matches(text).SelectMany(fence => fence.Groups[1].Value.Replace("\\\n", " ").Split('\n'))
            .Where(line => line.StartsWith("curl ", StringComparison.Ordinal) && line.Contains("localhost:8080", StringComparison.Ordinal));

    [GeneratedRegex("```(?:bash|sh|console)\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fences();
}
