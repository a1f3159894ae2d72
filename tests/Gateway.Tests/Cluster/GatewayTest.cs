namespace Hts.Tests.Cluster;

/// <summary>A test class with a gateway of its own for all its tests. Tests use symbols of their own, since the cluster is shared.</summary>
public abstract class GatewayTest(FakeCluster cluster) : IAsyncLifetime
{
    private TestGateway? gateway;

    protected FakeCluster Cluster => cluster;

    protected FakeWorld World => cluster.World;

    protected TestGateway Gateway => gateway!;

    protected virtual (string Key, string Value)[] Settings => [];

    public async ValueTask InitializeAsync() => gateway = await cluster.GatewayOf(GetType(), Settings);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A known symbol that no other test uses.</summary>
    protected string NewSymbol([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var name = "S" + (uint)string.GetHashCode(GetType().Name + test, StringComparison.Ordinal) + "USDT";
        World.AddSymbol(name);
        return name;
    }
}
