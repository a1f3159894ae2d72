using System.Text.RegularExpressions;

namespace Hts.Tests;

/// <summary>The shape of the sources.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 300;

    private static readonly string[] TopFolders = ["Silo", "Grains", "Grains.Interfaces", "Gateway", "tests", "deploy"];

    private static readonly string[] TopFiles =
        ["Orleans.sln", "README.md", "README.ko.md", "LICENSE", "global.json", "BannedSymbols.txt", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    private static readonly string[] Texts =
        [".cs", ".csproj", ".props", ".targets", ".sql", ".json", ".yml", ".yaml", ".ts", ".tsx", ".mjs", ".js", ".css", ".html", ".md", ".sh", ".txt", ""];

    [Fact]
    public void The_top_level_is_fixed() => Checkout.Here.Files
        .Select(file => file.Split('/'))
        .Where(parts => !parts[0].StartsWith('.') && !(parts.Length > 1 ? TopFolders : TopFiles).Contains(parts[0]))
        .Select(parts => parts[0]).Distinct().ShouldBeEmpty();

    [Fact]
    public void A_source_file_holds_one_type() => Checkout.Here.Sources
        .Select(file => (File: file, Types: TypesIn(file)))
        .Where(found => found.Types.Count > 1)
        .Select(found => $"{found.File}: {string.Join(", ", found.Types)}").ShouldBeEmpty();

    [Fact]
    public void A_source_file_is_named_for_its_type() => Checkout.Here.Sources
        .Where(file => TypesIn(file) is [var type] && Path.GetFileName(file).Split('.')[0] != type).ShouldBeEmpty();

    [Fact]
    public void A_source_file_stays_short() => Checkout.Here.Files
        .Where(file => Path.GetExtension(file) is ".cs" or ".ts" or ".tsx" && !file.StartsWith("tests/", StringComparison.Ordinal))
        .Select(file => (File: file, Length: Checkout.Here.Lines(file).Length))
        .Where(found => found.Length > LongestFile)
        .Select(found => $"{found.File}: {found.Length} lines").ShouldBeEmpty();

    [Fact]
    public void A_namespace_is_the_folder_below_its_project() => Checkout.Here.Sources
        .Where(file => Checkout.Here.Lines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line
            && line != $"namespace {NamespaceOf(file)};").ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() => TextLines()
        .Where(found => MachinePath().IsMatch(found.Line)).Select(found => $"{found.File}: {found.Line.Trim()}").ShouldBeEmpty();

    [Fact]
    public void No_lock_file_or_setting_names_a_registry() => Checkout.Here.Files
        .Where(file => Path.GetFileName(file).ToLowerInvariant() is "package-lock.json" or ".npmrc" or "nuget.config")
        .Where(file => Checkout.Here.Lines(file).Any(line => Registry().IsMatch(line))).ShouldBeEmpty();

    [Fact]
    public void No_output_of_a_tool_is_kept() => Checkout.Here.Files
        .Where(file => file.Contains("BenchmarkDotNet.Artifacts/", StringComparison.Ordinal)
            || Path.GetExtension(file) is ".log" or ".trx" or ".dll" or ".nupkg").ShouldBeEmpty();

    /// <summary>Were the patterns blind, the rules above would hold for nothing.</summary>
    [Theory]
    [InlineData("public sealed partial class A(int b) : C", true)]
    [InlineData("internal readonly record struct A(int B);", true)]
    [InlineData("public delegate Task A(int b);", true)]
    [InlineData("file sealed class A;", false)]
    [InlineData("    private sealed class A;", false)]
    public void Types_are_seen(string line, bool seen) => TopLevelType().Match(line).Groups["name"].Value.ShouldBe(seen ? "A" : "");

    [Theory]
    [InlineData("work")]
    [InlineData("home")]
    [InlineData("Users")]
    public void Places_are_seen(string folder)
    {
        MachinePath().IsMatch($"open(\"/{folder}/somebody/x\")").ShouldBeTrue();
        MachinePath().IsMatch($"GET api/{folder}/somebody").ShouldBeFalse();
        MachinePath().IsMatch($"C:\\{(folder == "home" ? "Users" : folder)}\\x").ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"resolved\": \"https://example.org/a.tgz\",", true)]
    [InlineData("registry=https://example.org/", true)]
    [InlineData("omit-lockfile-registry-resolved=true", false)]
    public void Registries_are_seen(string line, bool seen) => Registry().IsMatch(line).ShouldBe(seen);

    private static List<string> TypesIn(string file) =>
        [.. Checkout.Here.Lines(file).Select(line => TopLevelType().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["name"].Value).Distinct()];

    private static string NamespaceOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        var project = folder;
        while (!Directory.EnumerateFiles(Path.Combine(Checkout.Here.Root, project), "*.csproj").Any())
            project = Path.GetDirectoryName(project)!.Replace('\\', '/');
        return $"Hts{folder[project.Length..].Replace('/', '.')}";
    }

    private static IEnumerable<(string File, string Line)> TextLines() =>
        from file in Checkout.Here.Files
        where Texts.Contains(Path.GetExtension(file))
        // Paths inside an image are no machine's.
        where !file.StartsWith("deploy/", StringComparison.Ordinal)
        from line in Checkout.Here.Lines(file)
        select (file, line);

    // File-scoped namespaces are enforced by the compiler's style rules, so top-level types begin their line.
    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|readonly|partial|unsafe|ref)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+\S+)\s+(?<name>\w+)")]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"(?<![\w.~-])/(?:work|home|root|Users)/\w|\b[A-Za-z]:\\+(?:Users|work)\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex("\"resolved\"\\s*:\\s*\"https?:|registry\\s*=|<add\\s+key=.*https?:")]
    private static partial Regex Registry();
}
