using System.Text.Json;
using Hts.Forecasts;
using Hts.Models;

namespace Hts.Artefacts.PyTorch;

/// <summary>
/// Makes the net of a state dict and the metadata beside it. Modules are numbered as PyTorch's Sequential does: a linear layer, a layer
/// norm when there is one, the ReLU, a dropout when there is one; the tensors must be exactly those.
/// </summary>
internal static class EmbeddingNetReader
{
    private const string Prefix = "net.";

    /// <summary>The model of an artefact with a state dict, for the system that is to run it.</summary>
    /// <exception cref="ArtefactRefusedException">A file breaks a rule, or the net takes or puts out something else than the system has.</exception>
    public static Model ReadModel(ArtefactFiles files, ArtefactLimits limits, ModelExpectations expectations)
    {
        EmbeddingNetMetadata metadata;
        try
        {
            metadata = JsonSerializer.Deserialize(files.Metadata, EmbeddingNetJson.Default.EmbeddingNetMetadata)
                ?? throw new ArtefactRefusedException("metadata.json is empty.");
        }
        catch (JsonException e)
        {
            throw new ArtefactRefusedException($"metadata.json is not as it must be ({e.Message}).", e);
        }
        return EmbeddingNetFit.Make(metadata, Read(metadata, StateDict.Read(files.Weights, limits)), expectations);
    }

    /// <param name="tensors">As <see cref="StateDict.Read"/> gives them.</param>
    /// <exception cref="ArtefactRefusedException">A tensor is missing, left over, of another shape or not finite.</exception>
    public static EmbeddingNet Read(EmbeddingNetMetadata metadata, IReadOnlyList<NamedTensor> tensors)
    {
        if (metadata.BrokenRule() is { } rule)
            throw new ArtefactRefusedException($"metadata.json: {rule}.");
        var shelf = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        int[] sizes = [metadata.FeatureDim, .. metadata.HiddenDims, metadata.TargetCols.Length];
        var layers = new MlpLayer[sizes.Length - 1];
        var norms = new NormLayer?[layers.Length - 1];
        var module = 0;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new MlpLayer(sizes[i], sizes[i + 1], Take(shelf, module, "weight", sizes[i + 1], sizes[i]), Take(shelf, module, "bias", sizes[i + 1]));
            module++;
            if (i == norms.Length)
                break;
            if (metadata.UseLayernorm)
            {
                norms[i] = new NormLayer(Take(shelf, module, "weight", sizes[i + 1]), Take(shelf, module, "bias", sizes[i + 1]));
                module++;
            }
            module += metadata.Dropout > 0 ? 2 : 1;
        }
        return shelf.Count == 0
            ? new EmbeddingNet(layers, norms)
            : throw new ArtefactRefusedException($"model.pth: '{shelf.Keys.First()}' belongs to no layer of metadata.json.");
    }

    private static float[] Take(Dictionary<string, NamedTensor> shelf, int module, string part, params int[] shape)
    {
        var name = $"{Prefix}{module}.{part}";
        if (!shelf.Remove(name, out var tensor))
            throw new ArtefactRefusedException($"model.pth: '{name}' is missing.");
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new ArtefactRefusedException($"model.pth: '{name}' is [{string.Join(',', tensor.Shape)}], not [{string.Join(',', shape)}].");
        var values = Array.ConvertAll(tensor.Doubles, value => (float)value);
        return Array.TrueForAll(values, float.IsFinite) ? values : throw new ArtefactRefusedException($"model.pth: '{name}' is not finite.");
    }
}
