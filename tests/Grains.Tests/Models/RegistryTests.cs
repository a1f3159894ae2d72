using Hts.Bars;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

/// <summary>
/// Tests of the registry's grain, one after the other on one silo: each begins an hour later than the last, with an empty bucket, no
/// memory of moves and versions of its own.
/// </summary>
public abstract class RegistryTests(TestSilo silo) : IClassFixture<TestSilo>, IAsyncLifetime
{
    private static int tests;

    private readonly int number = Interlocked.Increment(ref tests);

    private protected static Grid Grid { get; } = Worlds.Grid;

    private protected static ObjectLayout Layout { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected TestSilo Silo => silo;

    private protected IModelRegistryGrain Registry => silo.Grains.GetGrain<IModelRegistryGrain>(0);

    protected long Now => Worlds.Start + (number * 3_600_000L);

    public virtual async ValueTask InitializeAsync()
    {
        silo.Objects.Forget();
        silo.Forecaster.Forget();
        silo.Models.Writes.Clear();
        silo.Moves.Writes.Clear();
        await silo.ForgetMoves();
        await silo.End(Registry);
        silo.GoTo(Now);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected string Name(string version) => $"{version}{number}";

    protected Task Add(string version) => silo.AddModel(Name(version), Name(version));

    private protected async Task<EpochMessage> Promote(string version) => await Moved(Registry.Promote(Order(version)));

    private protected PromotionMessage Order(string version, string by = "ops") => new(Name(version), "test", by);

    private protected static async Task<EpochMessage> Moved(Task<PromotionReply> move)
    {
        var reply = await move;
        reply.Refusal.ShouldBeNull();
        return reply.Epoch.ShouldNotBeNull();
    }

    private protected Task<IReadOnlyList<ModelMoveRow>> Moves() => silo.Store.ModelMoves.List(long.MaxValue, 100, Token);

    /// <summary>Another writer's artefact: its place and checksum.</summary>
    private protected async Task<(string Uri, string Sha256)> Artefact(string content)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Name(content));
        var key = Layout.Model(Name(content.Replace(' ', '-')));
        await silo.Objects.Put(key, bytes, PutCondition.None, Token);
        return (silo.Objects.UriOf(key).ToString(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    /// <summary>Another writer's pointer.</summary>
    private protected Task Overwrite(string content) => silo.Objects.PutText(Layout.Pointer, content, PutCondition.None, Token);
}
