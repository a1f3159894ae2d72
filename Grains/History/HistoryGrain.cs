using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Feeds;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Strategies;
using Hts.Symbols;
using Hts.Time;
using Hts.Training;
using Orleans.Concurrency;

namespace Hts.History;

[StatelessWorker]
internal sealed class HistoryGrain(
    IBarStore bars, IQualityStore quality, IFeedTallyStore tallies, ILedger ledger, IRoleScores roles, IEventStore events, IModelStore models,
    IModelMoveStore moves, ITrainingRunStore runs, IEmbeddingStore embeddings, DriftReport drift, StrategySet strategies, MarketClock clock, Grid grid)
    : Grain, IHistoryGrain
{
    private const int ScoredPage = 20_000;

    public async Task<IReadOnlyList<BarMessage>> Bars(BarsQuery query)
    {
        if (query.IntervalMs <= 0 || query.IntervalMs % grid.BarMs != 0)
            throw new ArgumentException($"An interval of {query.IntervalMs} ms is not a multiple of the bar of {grid.BarMs} ms.");
        var found = await Read(query);
        if (found.Count > 0 || !query.OrEarlier || await NewestTs(query) is not { } newest)
            return found;
        var end = newest - (newest % query.IntervalMs) + query.IntervalMs;
        return await Read(query with { FromTs = end - (query.ToTs - query.FromTs), ToTs = end });
    }

    private async Task<IReadOnlyList<BarMessage>> Read(BarsQuery query)
    {
        if (query.IntervalMs == grid.BarMs)
        {
            var stored = await bars.Read(query.Symbol, query.FromTs, query.ToTs, query.Limit, CancellationToken.None);
            return [.. stored.Select(b => b.ToMessage())];
        }
        var rolled = await bars.ReadRolled(
            query.Symbol, query.IntervalMs, query.FromTs, query.ToTs, query.Limit, CancellationToken.None);
        return [.. rolled.Select(b => new StoredBar(b, b.Ts + query.IntervalMs, 0).ToMessage())];
    }

    private async Task<long?> NewestTs(BarsQuery query) => query.IntervalMs == grid.BarMs
        ? (await bars.ReadLast(query.Symbol, 1, query.ToTs, CancellationToken.None)).Select(b => (long?)b.Bar.Ts).FirstOrDefault()
        : await bars.ReadNewest(query.Symbol, query.IntervalMs, query.ToTs, CancellationToken.None);

    public async Task<IReadOnlyList<GapMessage>> Gaps(string symbol, long fromTs, long toTs) =>
        [.. (await bars.ReadGaps(symbol, fromTs, toTs, CancellationToken.None)).Select(g => g.ToMessage())];

    public async Task<IReadOnlyList<GapMessage>> AllGaps(string symbol, long fromTs, long toTs) =>
        [.. (await MissingAndRepaired(symbol, fromTs, toTs)).OrderBy(g => g.FromTs).ThenBy(g => g.ToTs).Select(g => g.ToMessage())];

    public async Task<QualityMessage?> Quality(string symbol, long fromTs, long toTs)
    {
        if (await GrainFactory.GetGrain<ISymbolDirectoryGrain>(0).Find(symbol) is not { } known)
            return null;
        var report = new QualityReport(grid, clock.NowMs);
        var (from, to) = report.Span(fromTs, toTs);
        var facts = await quality.Read(symbol, from, to, grid.BarMs, CancellationToken.None);
        var counts = await tallies.Read(symbol, QualityReport.HourOf(fromTs), toTs, CancellationToken.None);
        return report.Make(known, fromTs, toTs, facts, counts, await MissingAndRepaired(symbol, fromTs, toTs));
    }

    public async Task<IReadOnlyList<PredictionMessage>> Predictions(PredictionsQuery query)
    {
        var entries = await ledger.Read(
            new LedgerQuery(query.Symbol, query.FromTs, query.ToTs, query.Role, false, query.Limit), CancellationToken.None);
        return [.. entries.Select(e => e.ToMessage(strategies))];
    }

    public async Task<ScorecardMessage> Scorecard(string? symbol, long fromTs, long toTs)
    {
        var means = new Dictionary<string, double[]>();
        var keeper = new Scorekeeper(strategies, means);
        for (var from = fromTs; ;)
        {
            var page = await ledger.Read(
                new LedgerQuery(symbol, from, toTs, Roles.Champion, false, ScoredPage, OldestFirst: true), CancellationToken.None);
            string[] met = [.. page.Select(e => e.Row.ModelVersion).OfType<string>().Distinct().Where(v => !means.ContainsKey(v))];
            if (met.Length > 0)
                foreach (var (version, mean) in await models.Means(met, CancellationToken.None))
                    means[version] = mean;
            // A full page may end within a slot of several symbols: that slot is read again whole.
            var cut = page.Count == ScoredPage && page[0].Row.BaseTs < page[^1].Row.BaseTs ? page[^1].Row.BaseTs : long.MaxValue;
            foreach (var entry in page.Where(e => e.Row.BaseTs < cut))
                keeper.Add(entry);
            if (page.Count < ScoredPage)
                break;
            from = cut < long.MaxValue ? cut : page[^1].Row.BaseTs + 1;
        }
        var losses = await roles.Losses(symbol, fromTs, toTs, CancellationToken.None);
        var days = await roles.Skill(symbol, fromTs, toTs, CancellationToken.None);
        return keeper.ToMessage(symbol, fromTs, Math.Min(toTs, clock.NowMs), losses, days, await drift.Read(CancellationToken.None));
    }

    public async Task<IReadOnlyList<EventMessage>> Events(long beforeId, string? symbol, int limit) =>
        [.. (await events.Read(beforeId, symbol, limit, CancellationToken.None)).Select(e => e.ToMessage())];

    public async Task<IReadOnlyList<ModelMessage>> Models(int limit) =>
        [.. (await models.List(limit, CancellationToken.None)).Select(m => m.ToMessage())];

    public async Task<IReadOnlyList<ModelMessage>> ModelsAfter(long createdAt, string version, int limit) =>
        [.. (await models.ListAfter(createdAt, version, limit, CancellationToken.None)).Select(m => m.ToMessage())];

    public async Task<ModelMessage?> Model(string version) =>
        (await models.Find(version, CancellationToken.None))?.ToMessage();

    public async Task<IReadOnlyList<ModelMoveMessage>> ModelMoves(long beforeId, int limit) =>
        [.. (await moves.List(beforeId, limit, CancellationToken.None)).Select(m => m.ToMessage())];

    public async Task<IReadOnlyList<TrainingRunMessage>> TrainingRuns(int limit) =>
        Decided(await runs.List(limit, CancellationToken.None), await runs.ListGates(limit, CancellationToken.None));

    public async Task<IReadOnlyList<TrainingRunMessage>> TrainingRunsAfter(long startedAt, string jobName, int limit) => Decided(
        await runs.ListAfter(startedAt, jobName, limit, CancellationToken.None),
        await runs.ListGatesAfter(startedAt, jobName, limit, CancellationToken.None));

    private static IReadOnlyList<TrainingRunMessage> Decided(IReadOnlyList<TrainingRunRow> rows, IReadOnlyList<GateRecord> gates)
    {
        var decisions = gates.ToDictionary(g => g.JobName, g => g.DecisionJson);
        return [.. rows.Select(r => r.ToMessage(decisions.GetValueOrDefault(r.JobName)))];
    }

    private async Task<IEnumerable<Gap>> MissingAndRepaired(string symbol, long fromTs, long toTs) =>
        (await bars.ReadGaps(symbol, fromTs, toTs, CancellationToken.None))
        .Concat(await bars.ReadRepairedGaps(symbol, fromTs, toTs, CancellationToken.None));

    public async Task<IReadOnlyList<EmbeddingRecord>> Embeddings(string symbol, int limit) =>
        NewestFirst(await embeddings.ReadLast(symbol, limit, long.MaxValue, CancellationToken.None));

    public async Task<IReadOnlyList<EmbeddingRecord>> EmbeddingsBefore(string symbol, long beforeTs, int limit) =>
        NewestFirst(await embeddings.ReadBefore(symbol, beforeTs, limit, CancellationToken.None));

    private static IReadOnlyList<EmbeddingRecord> NewestFirst(IReadOnlyList<EmbeddingRow> rows) =>
    [
        .. rows.Reverse().Select(r => new EmbeddingRecord(
            r.Symbol, r.BaseTs, r.TextA, r.TextB, r.A is not null, r.B is not null, r.Model, r.KnownAt, r.ReceivedAt)),
    ];
}
