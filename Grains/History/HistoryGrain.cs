using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Strategies;
using Hts.Time;
using Hts.Training;
using Orleans.Concurrency;

namespace Hts.History;

[StatelessWorker]
internal sealed class HistoryGrain(
    IBarStore bars, ILedger ledger, IEventStore events, IModelStore models, ITrainingRunStore runs, IEmbeddingStore embeddings,
    StrategySet strategies, MarketClock clock, Grid grid) : Grain, IHistoryGrain
{
    private const int ScoredPage = 5_000;

    public async Task<IReadOnlyList<BarMessage>> Bars(BarsQuery query)
    {
        if (query.IntervalMs <= 0 || query.IntervalMs % grid.BarMs != 0)
            throw new ArgumentException($"An interval of {query.IntervalMs} ms is not a multiple of the bar of {grid.BarMs} ms.");
        if (query.IntervalMs == grid.BarMs)
        {
            var stored = await bars.Read(query.Symbol, query.FromTs, query.ToTs, query.Limit, CancellationToken.None);
            return [.. stored.Select(b => b.ToMessage())];
        }
        var rolled = await bars.ReadRolled(
            query.Symbol, query.IntervalMs, query.FromTs, query.ToTs, query.Limit, CancellationToken.None);
        return [.. rolled.Select(b => new StoredBar(b, b.Ts + query.IntervalMs, 0).ToMessage())];
    }

    public async Task<IReadOnlyList<GapMessage>> Gaps(string symbol, long fromTs, long toTs) =>
        [.. (await bars.ReadGaps(symbol, fromTs, toTs, CancellationToken.None)).Select(g => g.ToMessage())];

    public async Task<IReadOnlyList<PredictionMessage>> Predictions(PredictionsQuery query)
    {
        var entries = await ledger.Read(
            new LedgerQuery(query.Symbol, query.FromTs, query.ToTs, query.Role, false, query.Limit), CancellationToken.None);
        return [.. entries.Select(e => e.ToMessage(strategies))];
    }

    public async Task<ScorecardMessage> Scorecard(string? symbol, long fromTs, long toTs)
    {
        var known = await models.List(int.MaxValue, CancellationToken.None);
        var keeper = new Scorekeeper(strategies, known.ToDictionary(m => m.Version));
        for (var before = toTs; ;)
        {
            var page = await ledger.Read(
                new LedgerQuery(symbol, fromTs, before, Roles.Champion, false, ScoredPage), CancellationToken.None);
            // A full page may end within a slot of several symbols: that slot is read again whole.
            var cut = page.Count == ScoredPage ? page[^1].Row.BaseTs : long.MinValue;
            foreach (var entry in page.Where(e => e.Row.BaseTs > cut))
                keeper.Add(entry);
            if (cut == long.MinValue || cut + grid.SlotMs >= before)
                return keeper.ToMessage(symbol, fromTs, Math.Min(toTs, clock.NowMs));
            before = cut + 1;
        }
    }

    public async Task<IReadOnlyList<EventMessage>> Events(long beforeId, string? symbol, int limit) =>
        [.. (await events.Read(beforeId, symbol, limit, CancellationToken.None)).Select(e => e.ToMessage())];

    public async Task<IReadOnlyList<ModelMessage>> Models(int limit) =>
        [.. (await models.List(limit, CancellationToken.None)).Select(m => m.ToMessage())];

    public async Task<ModelMessage?> Model(string version) =>
        (await models.Find(version, CancellationToken.None))?.ToMessage();

    public async Task<IReadOnlyList<TrainingRunMessage>> TrainingRuns(int limit) =>
        [.. (await runs.List(limit, CancellationToken.None)).Select(r => r.ToMessage())];

    public async Task<IReadOnlyList<EmbeddingRecord>> Embeddings(string symbol, int limit)
    {
        var rows = await embeddings.ReadLast(symbol, limit, long.MaxValue, CancellationToken.None);
        return
        [
            .. rows.Reverse().Select(r => new EmbeddingRecord(
                r.Symbol, r.BaseTs, r.TextA, r.TextB, r.A is not null, r.B is not null, r.Model, r.KnownAt)),
        ];
    }
}
