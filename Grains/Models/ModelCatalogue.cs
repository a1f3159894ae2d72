using Hts.Forecasts;
using Hts.Strategies;

namespace Hts.Models;

/// <summary>Keeps the catalogue of models in step with the epochs.</summary>
internal sealed class ModelCatalogue(IModelStore models, IForecaster forecaster, StrategySet strategies)
{
    public Task<ModelRow?> Find(string version) => models.Find(version, CancellationToken.None);

    /// <summary>The newest model with this artefact; null when none is known.</summary>
    public async Task<ModelRow?> FindArtefact(string uri, string sha256) =>
        (await models.List(int.MaxValue, CancellationToken.None)).FirstOrDefault(row => row.Uri == uri && row.Sha256 == sha256);

    /// <summary>Makes an epoch's model the champion and retires the one before. A model that is not known yet comes in.</summary>
    public async Task Crown(EpochMessage epoch)
    {
        var known = await models.List(int.MaxValue, CancellationToken.None);
        if (!known.Any(row => row.Version == epoch.Version))
            await models.Write(Row(epoch), CancellationToken.None);
        foreach (var row in known)
        {
            if (row.Version == epoch.Version && (row.State != "champion" || row.Epoch != epoch.Number))
                await models.Write(
                    row with { State = "champion", Epoch = epoch.Number, EffectiveFrom = epoch.EffectiveFrom, Reason = epoch.Reason },
                    CancellationToken.None);
            else if (row.State == "champion" && row.Version != epoch.Version)
                await models.Write(row with { State = "retired" }, CancellationToken.None);
        }
    }

    private ModelRow Row(EpochMessage epoch)
    {
        var traits = forecaster.Traits(epoch.Version);
        return new ModelRow(
            epoch.Version, traits?.Kind ?? "unknown", "champion", epoch.Number, epoch.EffectiveFrom, epoch.Uri, epoch.Sha256, epoch.JobName,
            epoch.TrainUri, epoch.UpdatedAt, epoch.Reason,
            traits is null ? new double[strategies.Count] : Array.ConvertAll(traits.MeanNet, net => net * 100), "{}", "{}");
    }
}
