using Orleans.Concurrency;

namespace Hts.Training;

/// <summary>Trains a model each hour and asks the registry to promote it when it passes the gate; key 0.</summary>
[Alias("hts.training")]
public interface ITrainingGrain : IGrainWithIntegerKey
{
    /// <summary>Begins the hourly reminder; safe to repeat.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Starts a run now unless one is under way; answers the state after that.</summary>
    [Alias("run")]
    Task<TrainingStateMessage> Run(string reason);

    [AlwaysInterleave, Alias("state")]
    Task<TrainingStateMessage> State();
}
