using System.Text.Json;
using Hts.Artefacts;
using Hts.Commands;

namespace Hts.Training;

/// <summary>The folder through which SageMaker and a training container speak: <c>/opt/ml</c>.</summary>
internal sealed class ContainerFolder(string root)
{
    /// <summary>Where SageMaker puts it.</summary>
    public const string UsualRoot = "/opt/ml";

    /// <summary>Names another root.</summary>
    public const string RootVariable = "HTS_ML_ROOT";

    /// <summary>What SageMaker shows of a failure.</summary>
    public const int LongestFailure = 1_024;

    private string Configuration => Path.Combine(root, "input", "config");

    /// <summary>Packed by SageMaker as model.tar.gz.</summary>
    public string Model => Path.Combine(root, "model");

    /// <summary>Packed by SageMaker as output.tar.gz.</summary>
    public string OutputData => Path.Combine(root, "output", "data");

    /// <summary>Kept in the bucket while the job runs, when the job says so.</summary>
    public string Checkpoints => Path.Combine(root, "checkpoints");

    public string Failure => Path.Combine(root, "output", "failure");

    /// <summary>The data set: the only Parquet file of the channel <c>train</c>.</summary>
    /// <exception cref="UserErrorException">There is no such channel, or not one such file.</exception>
    public string DataSet => Only("train", "*.parquet", Channels.ContainsKey("train"))
        ?? throw new UserErrorException($"There is no input channel 'train' in {Configuration}.");

    /// <summary>The serving model's artefact, whatever it is called where another writer put it; null without a channel <c>champion</c>.</summary>
    /// <exception cref="UserErrorException">The channel holds none or several.</exception>
    public string? Champion => Only("champion", "*", Channels.ContainsKey("champion"));

    /// <exception cref="UserErrorException">A hyper-parameter has no meaning.</exception>
    public HyperParameters ReadHyperParameters()
    {
        var path = Path.Combine(Configuration, "hyperparameters.json");
        return File.Exists(path) ? HyperParameters.Parse(File.ReadAllBytes(path)) : new HyperParameters(1, null);
    }

    /// <summary>Unpacks an artefact to where SageMaker takes the model from.</summary>
    public void WriteModel(string artefact)
    {
        Directory.CreateDirectory(Model);
        ModelArtefact.Unpack(File.ReadAllBytes(artefact), new ArtefactLimits(), Model);
    }

    /// <summary>Tells SageMaker why; where there is none of its input there is nobody to tell.</summary>
    public void WriteFailure(string why)
    {
        if (!Directory.Exists(Path.Combine(root, "input")))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Failure)!);
        File.WriteAllText(Failure, why.Length > LongestFailure ? why[..LongestFailure] : why);
    }

    private Dictionary<string, JsonElement> Channels
    {
        get
        {
            var path = Path.Combine(Configuration, "inputdataconfig.json");
            if (!File.Exists(path))
                throw new UserErrorException($"There is no {path}: give a data set, or run where SageMaker's input is.");
            try
            {
                return JsonSerializer.Deserialize(File.ReadAllBytes(path), ContainerJson.Default.DictionaryStringJsonElement) ?? [];
            }
            catch (JsonException e)
            {
                throw new UserErrorException($"{path} is not as it must be: {e.Message}", e);
            }
        }
    }

    private string? Only(string channel, string pattern, bool announced)
    {
        if (!announced)
            return null;
        var folder = Path.Combine(root, "input", "data", channel);
        string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories) : [];
        return found is [var only]
            ? only
            : throw new UserErrorException($"The input channel '{channel}' holds {found.Length} files ({pattern}); one is needed.");
    }
}
