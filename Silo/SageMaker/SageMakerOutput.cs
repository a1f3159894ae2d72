using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Hts.Artefacts;
using Hts.Objects;
using Hts.Training;

namespace Hts.SageMaker;

/// <summary>Takes in what a completed job left in the bucket.</summary>
internal sealed class SageMakerOutput(IObjectStore objects, TrainedModels models, TrainingResults results)
{
    private const long MaxReportBytes = 64 << 20;
    private static readonly ArtefactLimits Limits = new();

    /// <summary>Puts the model to the run's place and makes the result. Repeating it gives the same.</summary>
    public async Task<TrainingOutcome> Read(
        TrainingJob job, DescribeTrainingJobResponse found, TrainingCost? cost, CancellationToken cancellation)
    {
        try
        {
            var artefact = await Get(found.ModelArtifacts?.S3ModelArtifacts, Limits.MaxPackedBytes, cancellation);
            var folder = found.OutputDataConfig?.S3OutputPath.TrimEnd('/');
            var report = Report(await Get($"{folder}/{found.TrainingJobName}/output/output.tar.gz", MaxReportBytes, cancellation));
            var sha256 = ModelArtefact.Sha256(artefact.Span);
            return TrainingOutcome.Completed(results.Of(job, report, await models.Put(job, artefact, sha256, cancellation), sha256), cost);
        }
        catch (InvalidDataException e)
        {
            return TrainingOutcome.Failed(e.Message, cost);
        }
    }

    private async Task<ReadOnlyMemory<byte>> Get(string? uri, long maxBytes, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || !objects.TryKeyOf(address, out var key))
            throw new InvalidDataException($"The job completed, but its output '{uri}' does not stand where it was told to put it.");
        var found = await objects.Get(key, maxBytes, cancellation);
        return found?.Content ?? throw new InvalidDataException($"The job completed, but there is nothing at {uri}.");
    }

    private static TrainingReport Report(ReadOnlyMemory<byte> packed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            while (tar.GetNextEntry() is { } entry)
            {
                if (Path.GetFileName(entry.Name) != TrainingReport.FileName || entry.DataStream is not { } content || entry.Length > MaxReportBytes)
                    continue;
                return JsonSerializer.Deserialize(content, TrainingJson.Default.TrainingReport)
                    ?? throw new InvalidDataException("The training's report is empty.");
            }
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException or FormatException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"The job completed, but its report is damaged: {e.Message}", e);
        }
        throw new InvalidDataException($"The job completed, but left no {TrainingReport.FileName}.");
    }
}
