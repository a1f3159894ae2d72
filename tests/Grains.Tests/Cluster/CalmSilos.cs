namespace Hts.Tests.Cluster;

/// <summary>Two silos on one database, neither of which dies, nor is taken for dead on a machine that stands still for seconds.</summary>
public sealed class CalmSilos(Databases databases) : TestSilo(databases)
{
    protected override short Silos => 2;
}
