using System.Xml.Linq;

namespace Hts.Tests;

/// <summary>What the project files pull in, used or not.</summary>
public sealed class ProjectFileTests
{
    [Theory]
    [InlineData("Grains/Domain/Domain.csproj")]
    [InlineData("Grains/Learning/Learning.csproj", "Domain")]
    [InlineData("Grains.Interfaces/Grains.Interfaces.csproj")]
    [InlineData("Grains/Grains.csproj", "Domain", "Grains.Interfaces")]
    [InlineData("Gateway/Gateway.csproj", "Grains.Interfaces")]
    public void A_project_references_only_what_it_may_know(string project, params string[] allowed) =>
        Included(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).ShouldBeSubsetOf(allowed);

    [Fact]
    public void Domain_has_no_package() => Included("Grains/Domain/Domain.csproj", "PackageReference").ShouldBeEmpty();

    [Fact]
    public void Grains_Interfaces_have_one_package() =>
        Included("Grains.Interfaces/Grains.Interfaces.csproj", "PackageReference").ShouldBe(["Microsoft.Orleans.Sdk"]);

    [Fact]
    public void Grains_have_no_package_but_Orleans() => Included("Grains/Grains.csproj", "PackageReference")
        .Where(package => !package.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Only_Learning_references_torch() => Projects().Where(project =>
        project != "Grains/Learning/Learning.csproj"
        && Included(project, "PackageReference").Any(package => package.Contains("torch", StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();

    [Fact]
    public void Each_project_stands_in_the_solution()
    {
        var solution = string.Join('\n', Checkout.Here.Lines("Orleans.sln")).Replace('\\', '/');
        Projects().Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Projects() => Checkout.Here.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    private static List<string> Included(string project, string item) =>
        [.. XDocument.Load(Path.Combine(Checkout.Here.Root, project)).Descendants(item).Select(e => e.Attribute("Include")!.Value)];
}
