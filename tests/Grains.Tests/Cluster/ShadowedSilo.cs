namespace Hts.Tests.Cluster;

/// <summary>A silo whose symbols are predicted by shadows too.</summary>
public sealed class ShadowedSilo(Databases databases) : TestSilo(databases)
{
    protected override int ShadowSymbols => 10;
}
