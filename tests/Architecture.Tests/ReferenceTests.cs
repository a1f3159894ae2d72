namespace Hts.Tests;

/// <summary>What may know what: the arrows between the projects point one way.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Domain_knows_nothing_but_the_framework() => BuiltAssembly.ReferencesOf("Domain").ShouldBeEmpty();

    [Fact]
    public void Learning_knows_only_Domain_of_ours() => OursIn("Learning").ShouldBeSubsetOf(["Domain"]);

    [Fact]
    public void Grains_Interfaces_know_only_Orleans() => BuiltAssembly.ReferencesOf("Grains.Interfaces").Where(name =>
        !name.StartsWith("Orleans", StringComparison.Ordinal)
        // What the code that Orleans generates registers its serialisers with.
        && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Grains_know_neither_torch_nor_database_nor_AWS()
    {
        OursIn("Grains").ShouldBeSubsetOf(["Domain", "Grains.Interfaces"]);
        BuiltAssembly.ReferencesOf("Grains").Where(IsAdapterStuff).ShouldBeEmpty();
    }

    [Fact]
    public void Gateway_knows_only_the_grains_interfaces_of_ours() => OursIn("Gateway").ShouldBeSubsetOf(["Grains.Interfaces"]);

    [Fact]
    public void Nothing_knows_Silo() =>
        BuiltAssembly.Ours.Where(name => OursIn(name).Contains("Silo")).ShouldBeEmpty();

    /// <summary>Were the references not read, all rules above would hold for nothing.</summary>
    [Fact]
    public void The_references_are_really_read()
    {
        BuiltAssembly.ReferencesOf("Learning").ShouldContain("TorchSharp");
        new[] { "AWSSDK.S3", "Domain", "Grains", "Npgsql" }.ShouldBeSubsetOf(BuiltAssembly.ReferencesOf("Silo"));
    }

    private static IEnumerable<string> OursIn(string assembly) => BuiltAssembly.ReferencesOf(assembly).Intersect(BuiltAssembly.Ours);

    private static bool IsAdapterStuff(string name) =>
        name is "TorchSharp" or "Npgsql" || name.StartsWith("AWSSDK", StringComparison.Ordinal) || name.StartsWith("Parquet", StringComparison.Ordinal);
}
