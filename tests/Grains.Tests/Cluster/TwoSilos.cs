namespace Hts.Tests.Cluster;

/// <summary>Two silos on one database.</summary>
public sealed class TwoSilos(Databases databases) : TestSilo(databases)
{
    protected override short Silos => 2;

    protected override bool Mortal => true;
}
