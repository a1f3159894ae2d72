using System.Security.Cryptography;
using System.Text.Json;
using Hts.Artefacts.PyTorch;
using Hts.Forecasts;
using Hts.Models;

namespace Hts.Artefacts;

/// <summary>
/// A model as a file: model.tar.gz with metadata.json and model.safetensors. Equal models give equal bytes. A PyTorch net over the
/// embeddings (metadata.json and model.pth) is read too. Reading trusts nothing: whatever does not fit is refused with the rule it
/// breaks, and nothing that could carry code is ever interpreted.
/// </summary>
public static class ModelArtefact
{
    /// <summary>The usual name of the file.</summary>
    public const string FileName = "model.tar.gz";

    /// <summary>Packs a model.</summary>
    /// <param name="metrics">Scores to carry along, by name; only finite ones are kept.</param>
    public static byte[] Write(Model model, IReadOnlyDictionary<string, double> metrics)
    {
        var tensors = SafeTensors.Write(ModelTensors.From(model));
        var facts = model.Facts;
        var metadata = new ArtefactMetadata
        {
            FormatVersion = ArtefactMetadata.CurrentVersion,
            Kind = ArtefactMetadata.ComposedKind,
            Members = [.. model.Kinds],
            Strategies = [.. facts.Strategies],
            StrategySetHash = facts.StrategySetHash,
            FeatureSchemaHash = facts.FeatureSchemaHash,
            FeatureCount = facts.FeatureCount,
            CostPerFill = facts.CostPerFill,
            SlotMs = facts.SlotMs,
            TrainedFromTs = facts.TrainedFromTs,
            TrainedUntilTs = facts.TrainedUntilTs,
            MeanNet = facts.MeanNet,
            Rows = facts.Rows,
            Symbols = [.. facts.Symbols],
            Seed = facts.Seed,
            Sizes = [.. model.Members.OfType<Mlp>().SelectMany(m => m.Layers).Select(l => l.Outputs)],
            Slope = model.Slope,
            RangeLow = [.. model.Ranges.Select(r => r.Low)],
            RangeHigh = [.. model.Ranges.Select(r => r.High)],
            IntervalLower = model.Intervals.Lower,
            IntervalUpper = model.Intervals.Upper,
            Metrics = metrics.Where(m => double.IsFinite(m.Value)).OrderBy(m => m.Key, StringComparer.Ordinal).ToDictionary(),
            TensorsSha256 = Sha256(tensors),
        };
        return ArtefactArchive.Pack(JsonSerializer.SerializeToUtf8Bytes(metadata, ArtefactJson.Default.ArtefactMetadata), tensors);
    }

    /// <summary>Reads a model from a stream, at most as far as the limits allow.</summary>
    /// <param name="sha256">Hex SHA-256 that the packed bytes must have; null when the caller has checked it.</param>
    /// <param name="expectations">What the model must fit; null takes any but a PyTorch net, which has no features of its own to name.</param>
    /// <exception cref="ModelMisfitException">The artefact is sound, but does not fit the expectations; the message names which.</exception>
    /// <exception cref="ArtefactRefusedException">The artefact breaks a rule; the message names it.</exception>
    public static async Task<Model> Read(
        Stream artefact, ArtefactLimits limits, string? sha256, CancellationToken cancellation, ModelExpectations? expectations = null)
    {
        using var packed = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await artefact.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (packed.Length + read > limits.MaxPackedBytes)
                throw new ArtefactRefusedException($"The artefact has more than {limits.MaxPackedBytes} bytes.");
            packed.Write(buffer, 0, read);
        }
        return Read(packed.GetBuffer().AsMemory(0, (int)packed.Length), limits, sha256, expectations);
    }

    /// <inheritdoc cref="Read(Stream, ArtefactLimits, string?, CancellationToken, ModelExpectations?)"/>
    public static Model Read(
        ReadOnlyMemory<byte> packed, ArtefactLimits limits, string? sha256 = null, ModelExpectations? expectations = null)
    {
        if (sha256 is not null && !string.Equals(sha256, Sha256(packed.Span), StringComparison.OrdinalIgnoreCase))
            throw new ArtefactRefusedException($"The checksum is {Sha256(packed.Span)}, not {sha256}.");
        var files = ArtefactArchive.Unpack(packed, limits);
        if (files.IsStateDict)
            return EmbeddingNetReader.ReadModel(
                files, limits, expectations ?? throw new ArtefactRefusedException("A PyTorch model needs a system to fit; none is known here."));
        var model = ReadComposed(files);
        expectations?.Check(model.Facts);
        return model;
    }

    private static Model ReadComposed(ArtefactFiles files)
    {
        var metadata = ReadMetadata(files.Metadata);
        if (metadata.FormatVersion != ArtefactMetadata.CurrentVersion || metadata.Kind != ArtefactMetadata.ComposedKind)
            throw new ArtefactRefusedException(
                $"An artefact of kind '{metadata.Kind}', version {metadata.FormatVersion}; this program reads '{ArtefactMetadata.ComposedKind}', version {ArtefactMetadata.CurrentVersion}.");
        if (metadata.TensorsSha256 != Sha256(files.Weights))
            throw new ArtefactRefusedException("model.safetensors is not the file that metadata.json was written for.");
        return ModelTensors.ToModel(metadata, SafeTensors.Read(files.Weights));
    }

    /// <summary>Puts the files of a packed model into a folder, as they are in it.</summary>
    /// <exception cref="ArtefactRefusedException">The artefact breaks a rule; the message names it.</exception>
    public static void Unpack(ReadOnlyMemory<byte> packed, ArtefactLimits limits, string directory)
    {
        var (metadata, tensors) = ArtefactArchive.Unpack(packed, limits);
        File.WriteAllBytes(Path.Combine(directory, ArtefactArchive.MetadataName), metadata);
        File.WriteAllBytes(Path.Combine(directory, ArtefactArchive.TensorsName), tensors);
    }

    /// <summary>Lower-case hex SHA-256.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static ArtefactMetadata ReadMetadata(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ArtefactJson.Default.ArtefactMetadata)
                ?? throw new ArtefactRefusedException("metadata.json is empty.");
        }
        catch (JsonException e)
        {
            throw new ArtefactRefusedException($"metadata.json is not as it must be ({e.Message}).", e);
        }
    }
}
