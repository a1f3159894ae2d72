using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Training;

namespace Hts.History;

/// <summary>Reads what is stored; stateless, key 0.</summary>
[Alias("hts.history")]
public interface IHistoryGrain : IGrainWithIntegerKey
{
    /// <exception cref="ArgumentException">The interval is not a multiple of the bar length.</exception>
    [Alias("bars")]
    Task<IReadOnlyList<BarMessage>> Bars(BarsQuery query);

    /// <summary>Marked holes that are missing still.</summary>
    [Alias("gaps")]
    Task<IReadOnlyList<GapMessage>> Gaps(string symbol, long fromTs, long toTs);

    /// <summary>Marked holes, those that were repaired among them.</summary>
    [Alias("all-gaps")]
    Task<IReadOnlyList<GapMessage>> AllGaps(string symbol, long fromTs, long toTs);

    /// <summary>How good the bars with from &lt;= ts &lt; to are; null when the symbol is not known. Its caller bounds the span.</summary>
    [Alias("quality")]
    Task<QualityMessage?> Quality(string symbol, long fromTs, long toTs);

    [Alias("predictions")]
    Task<IReadOnlyList<PredictionMessage>> Predictions(PredictionsQuery query);

    /// <summary>Scores over base_ts in [from, to); a null symbol pools all. Its caller bounds the span.</summary>
    [Alias("scorecard")]
    Task<ScorecardMessage> Scorecard(string? symbol, long fromTs, long toTs);

    /// <summary>Events with id below <paramref name="beforeId"/>, newest first; a null symbol means all.</summary>
    [Alias("events")]
    Task<IReadOnlyList<EventMessage>> Events(long beforeId, string? symbol, int limit);

    /// <summary>Newest first; of one instant, the greater version first.</summary>
    [Alias("models")]
    Task<IReadOnlyList<ModelMessage>> Models(int limit);

    /// <summary>The models that follow a place in the order of <see cref="Models"/>.</summary>
    [Alias("models-after")]
    Task<IReadOnlyList<ModelMessage>> ModelsAfter(long createdAt, string version, int limit);

    [Alias("model")]
    Task<ModelMessage?> Model(string version);

    /// <summary>What happened to the serving model, lines with id below <paramref name="beforeId"/>, newest first.</summary>
    [Alias("model-moves")]
    Task<IReadOnlyList<ModelMoveMessage>> ModelMoves(long beforeId, int limit);

    /// <summary>Last started first; of one instant, the greater job name first.</summary>
    [Alias("training-runs")]
    Task<IReadOnlyList<TrainingRunMessage>> TrainingRuns(int limit);

    /// <summary>The runs that follow a place in the order of <see cref="TrainingRuns"/>.</summary>
    [Alias("training-runs-after")]
    Task<IReadOnlyList<TrainingRunMessage>> TrainingRunsAfter(long startedAt, string jobName, int limit);

    /// <summary>Newest stored embeddings of a symbol, newest first.</summary>
    [Alias("embeddings")]
    Task<IReadOnlyList<EmbeddingRecord>> Embeddings(string symbol, int limit);

    /// <summary>Newest stored embeddings of a symbol with base_ts below <paramref name="beforeTs"/>, newest first.</summary>
    [Alias("embeddings-before")]
    Task<IReadOnlyList<EmbeddingRecord>> EmbeddingsBefore(string symbol, long beforeTs, int limit);
}
