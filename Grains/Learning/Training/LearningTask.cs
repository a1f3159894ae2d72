using Hts.DataSets;
using Hts.Models;

namespace Hts.Training;

/// <summary>What every learner is given.</summary>
/// <param name="Targets">What is left of the outputs once the <c>cond</c> table is taken off.</param>
/// <param name="Scaler">Fitted on the training rows; members read features through it.</param>
/// <param name="PurgeMs">Distance in time that parts of a split keep, ms.</param>
/// <param name="Report">Told of progress: a line and the share done, 0 to 1.</param>
internal sealed record LearningTask(
    DataSet Data,
    TargetLayout Layout,
    Targets Targets,
    Scaler Scaler,
    long PurgeMs,
    int Seed,
    TrainingOptions Options,
    Action<string, double> Report,
    CancellationToken Cancellation);
