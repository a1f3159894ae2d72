using Hts.History;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Training;
using Orleans.Concurrency;

namespace Hts.Tests.Cluster;

[StatelessWorker]
public sealed class FakeHistoryGrain(FakeWorld world) : Grain, IHistoryGrain
{
    public Task<IReadOnlyList<BarMessage>> Bars(BarsQuery query)
    {
        world.Fail(query.Symbol);
        var before = world.Bars.GetValueOrDefault(query.Symbol, []).Where(b => b.Ts < query.ToTs && b.Ts % query.IntervalMs == 0).OrderBy(b => b.Ts).ToList();
        var found = before.FindAll(b => b.Ts >= query.FromTs);
        return Result(found.Count == 0 && query.OrEarlier ? before.TakeLast(1) : found.Take(query.Limit));
    }

    public Task<IReadOnlyList<GapMessage>> Gaps(string symbol, long fromTs, long toTs) =>
        Result(world.Gaps.GetValueOrDefault(symbol, []).Where(g => g.ToTs > fromTs && g.FromTs < toTs && g.State == "missing"));

    public Task<IReadOnlyList<GapMessage>> AllGaps(string symbol, long fromTs, long toTs) =>
        Result(world.Gaps.GetValueOrDefault(symbol, []).Where(g => g.ToTs > fromTs && g.FromTs < toTs));

    public Task<QualityMessage?> Quality(string symbol, long fromTs, long toTs) =>
        Task.FromResult(world.Quality.GetValueOrDefault(symbol) is { } known ? known with { FromTs = fromTs, ToTs = toTs } : null);

    public Task<IReadOnlyList<PredictionMessage>> Predictions(PredictionsQuery query) =>
        Result(world.Predictions.GetValueOrDefault(query.Symbol, [])
            .Where(p => p.BaseTs >= query.FromTs && p.BaseTs < query.ToTs && (query.Role is null || p.Role == query.Role))
            .OrderByDescending(p => p.BaseTs).ThenBy(p => p.Role, StringComparer.Ordinal).Take(query.Limit));

    public Task<ScorecardMessage> Scorecard(string? symbol, long fromTs, long toTs) => Task.FromResult(new ScorecardMessage(
        symbol, fromTs, toTs, 10, 2, 9, 4, 0.0125, [new StrategyScore("trend", 9, 0.5, 0.6, null, 0.9, new SkillScore(0.02, -0.01, 0.05, 3, 0.1, 0.01))],
        [new PolicyScore("model", 9, 0.001, 0.01)], [new CoverageScore("trend", true, 9, 0.9)], [new RoleScore("zero", 9, 0.5, 0.4)],
        new SkillScore(0.03, 0.01, 0.05, 3, 0.2, null), "shown", [new DriftScore("errors", 1_767_571_200_000, 60, 1.5, 0.25, "trend", false)]));

    public Task<IReadOnlyList<EventMessage>> Events(long beforeId, string? symbol, int limit) =>
        Result(world.Events.Where(e => e.Id < beforeId && (symbol is null || e.Symbol == symbol)).OrderByDescending(e => e.Id).Take(limit));

    public Task<IReadOnlyList<ModelMessage>> Models(int limit) => Result(world.Models.Take(limit));

    public Task<IReadOnlyList<ModelMessage>> ModelsAfter(long createdAt, string version, int limit) =>
        Result(world.Models.SkipWhile(m => (m.CreatedAt, m.Version) != (createdAt, version)).Skip(1).Take(limit));

    public Task<ModelMessage?> Model(string version) => Task.FromResult(world.Models.FirstOrDefault(m => m.Version == version));

    public Task<IReadOnlyList<ModelMoveMessage>> ModelMoves(long beforeId, int limit) =>
        Result(world.Moves.Where(m => m.Id < beforeId).OrderByDescending(m => m.Id).Take(limit));

    public Task<IReadOnlyList<TrainingRunMessage>> TrainingRuns(int limit) => Result(world.Runs.Take(limit));

    public Task<IReadOnlyList<TrainingRunMessage>> TrainingRunsAfter(long startedAt, string jobName, int limit) =>
        Result(world.Runs.SkipWhile(r => (r.StartedAt, r.JobName) != (startedAt, jobName)).Skip(1).Take(limit));

    public Task<IReadOnlyList<EmbeddingRecord>> Embeddings(string symbol, int limit) => EmbeddingsBefore(symbol, long.MaxValue, limit);

    public Task<IReadOnlyList<EmbeddingRecord>> EmbeddingsBefore(string symbol, long beforeTs, int limit) => Result(
        world.Embeddings.Where(e => e.BaseTs < beforeTs).OrderByDescending(e => e.BaseTs).Select(e => new EmbeddingRecord(
            symbol, e.BaseTs, e.TextA, e.TextB, e.A is not null, e.B is not null, e.Model, e.KnownAt ?? FakeWorld.Now,
            e.KnownAt is null ? null : FakeWorld.Now)).Take(limit));

    private static Task<IReadOnlyList<T>> Result<T>(IEnumerable<T> items) => Task.FromResult<IReadOnlyList<T>>([.. items]);
}
