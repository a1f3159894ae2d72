namespace Hts.Tests.Cluster;

/// <summary>Two silos that check their features each night.</summary>
public sealed class AuditedSilos(Databases databases) : TestSilo(databases)
{
    protected override short Silos => 2;

    protected override bool Audited => true;
}
