namespace Hts.Models;

/// <summary>One per silo: how old the serving model is, asked of the catalogue once a version.</summary>
internal sealed class ModelAges(IModelStore models)
{
    private readonly Lock gate = new();
    private string newest = "";
    private Task<long> trainedAt = Task.FromResult(0L);

    /// <summary>
    /// Milliseconds from an epoch's training to a slot. To serve again, as after a rollback or a pin, makes no model younger; one that
    /// another writer brought is as old as its pointer says.
    /// </summary>
    public async Task<long> At(long baseTs, EpochMessage epoch)
    {
        Task<long> asked;
        lock (gate)
        {
            if (epoch.Version != newest || trainedAt.IsFaulted)
                (newest, trainedAt) = (epoch.Version, TrainedAt(epoch));
            asked = trainedAt;
        }
        return baseTs - await asked;
    }

    private async Task<long> TrainedAt(EpochMessage epoch) =>
        (await models.Find(epoch.Version, CancellationToken.None))?.CreatedAt ?? epoch.UpdatedAt;
}
