using Hts.Markets;

namespace Hts.Tests.Cluster;

public sealed class FakeMarketGrain(FakeWorld world) : Grain, IMarketGrain
{
    private string Symbol => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        world.Activated.TryAdd(Symbol, true);
        return Task.CompletedTask;
    }

    public Task<AppendResult> Append(IReadOnlyList<BarMessage> bars)
    {
        world.Fail(Symbol);
        var stored = world.Bars.GetOrAdd(Symbol, _ => []);
        var rejections = new List<RowRejection>();
        var accepted = 0;
        var unchanged = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            if (bars[i].High < bars[i].Low)
                rejections.Add(new RowRejection(i, $"high {bars[i].High} is below low {bars[i].Low}."));
            else if (stored.Any(b => b.Ts == bars[i].Ts))
                unchanged++;
            else
            {
                stored.Add(bars[i]);
                accepted++;
            }
        }
        return Task.FromResult(new AppendResult(accepted, unchanged, rejections));
    }

    public Task<string?> AddEmbedding(EmbeddingMessage embedding)
    {
        world.Fail(Symbol);
        if (world.EmbeddingRefusal is null)
            world.Embeddings.Enqueue(embedding);
        return Task.FromResult(world.EmbeddingRefusal);
    }

    public Task MarkGap(GapMessage gap) => throw new NotSupportedException();

    public Task<FeaturesReply> Features(long baseTs, LeaderReply? leader) => throw new NotSupportedException();

    public Task<LeaderReply> LeaderReturns(long baseTs) => throw new NotSupportedException();

    public Task<OutcomeReply> Outcome(long baseTs) => throw new NotSupportedException();

    public Task<FeedCursor> Cursor() => throw new NotSupportedException();
}
