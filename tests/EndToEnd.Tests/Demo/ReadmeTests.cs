using System.Diagnostics;
using System.Text.RegularExpressions;
using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

/// <summary>The curl examples of the README, run as written but for address and symbols.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class ReadmeTests(TapeDemo demo)
{
    // The example of a mistake.
    private const string Mistake = "interval=3m";

    [Fact]
    public async Task Each_curl_example_answers()
    {
        var examples = await Examples("README.md");
        examples.Length.ShouldBeGreaterThan(20);
        foreach (var example in examples)
            await Run(example);
    }

    [Fact]
    public async Task Both_languages_give_the_same_examples() =>
        (await Examples("README.ko.md")).ShouldBe(await Examples("README.md"));

    private async Task Run(string example)
    {
        var command = example
            .Replace("http://localhost:8080", demo.Silo.Http.BaseAddress!.ToString().TrimEnd('/'))
            .Replace("BTCUSDT", TapeDemo.Symbol)
            .Replace("SOLUSDT", "ETH_BTC");
        // At this speed the running slot often waits for its bars still: then it is asked for again.
        var waits = example.Contains("/predict ", StringComparison.Ordinal);
        var (status, output) = await demo.Silo.Until(
            $"an answer to {example}", TimeSpan.FromMinutes(3), () => Ask(command),
            answer => answer.Status is >= 200 and < 500 && (!waits || answer.Status != 409));
        var wanted = example.Contains(Mistake, StringComparison.Ordinal) ? 400 : 200;
        status.ShouldBeInRange(wanted, wanted + 99, $"{command}\n{output}");
    }

    private static async Task<(int Status, string Output)> Ask(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", "curl -sS -w '\\n%{http_code}'" + command["curl".Length..]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (int.Parse(output.Split('\n')[^1]), output);
    }

    private static async Task<string[]> Examples(string readme) =>
    [
        .. Fences().Matches(await File.ReadAllTextAsync(Path.Combine(Paths.Root, readme)))
            .Select(fence => fence.Groups[1].Value.Trim())
            .Where(text => text.StartsWith("curl ", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("```bash\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fences();
}
