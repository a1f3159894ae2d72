using Hts.Artefacts;
using Hts.Models;

namespace Hts.Training;

/// <summary>One training by the contract of SageMaker's containers: everything it needs and makes stands below one folder.</summary>
/// <param name="makeTrainer">Reads the settings; what is wrong with them is told like any failure.</param>
internal sealed class ContainerTraining(ContainerFolder folder, Func<Trainer> makeTrainer)
{
    /// <param name="cancellation">
    /// SIGTERM: what was fitted by then is kept in checkpoints, the member under way is lost; the next start with the same data, seed and
    /// settings goes on from there to the same result, bit for bit.
    /// </param>
    public async Task<TrainingReport> Run(IProgress<TrainingStep> progress, CancellationToken cancellation)
    {
        try
        {
            return await Train(progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            folder.WriteFailure("stopped before the end; what was fitted is kept in checkpoints");
            throw;
        }
        catch (Exception e)
        {
            folder.WriteFailure(e.Message);
            throw;
        }
    }

    private async Task<TrainingReport> Train(IProgress<TrainingStep> progress, CancellationToken cancellation)
    {
        var parameters = folder.ReadHyperParameters();
        var work = Directory.CreateTempSubdirectory("hts-train-");
        try
        {
            var request = new TrainingRequest(
                folder.DataSet, work.FullName, parameters.Members ?? [.. MemberKinds.All], parameters.Seed, folder.Champion, folder.Checkpoints,
                parameters.FirstModelDays, parameters.ChampionSha256);
            var report = await makeTrainer().Train(request, progress, cancellation);
            folder.WriteModel(Path.Combine(work.FullName, ModelArtefact.FileName));
            Directory.CreateDirectory(folder.OutputData);
            File.Copy(
                Path.Combine(work.FullName, TrainingReport.FileName), Path.Combine(folder.OutputData, TrainingReport.FileName), overwrite: true);
            // An earlier, interrupted attempt's word.
            File.Delete(folder.Failure);
            return report with { ArtefactPath = folder.Model };
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
