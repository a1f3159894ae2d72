using System.Globalization;
using System.Text.Json;
using Hts.Commands;

namespace Hts.Training;

/// <summary>What a container is told of its training; SageMaker passes strings only.</summary>
/// <param name="Seed">Of everything random.</param>
/// <param name="Members">Members to train; null for all.</param>
internal sealed record HyperParameters(int Seed, string[]? Members)
{
    public const string SeedName = "seed";
    public const string MembersName = "members";

    /// <summary>Names that SageMaker's own tools add.</summary>
    private const string Foreign = "sagemaker_";

    /// <exception cref="UserErrorException">The text is no object of strings, or holds a name or value that has no meaning.</exception>
    public static HyperParameters Parse(byte[] json)
    {
        Dictionary<string, string> given;
        try
        {
            given = JsonSerializer.Deserialize(json, ContainerJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"The hyper-parameters are not an object of strings: {e.Message}", e);
        }
        var (seed, members) = (1, (string[]?)null);
        foreach (var (name, value) in given)
        {
            if (name == MembersName)
                members = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            else if (name == SeedName && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                seed = number;
            else if (!name.StartsWith(Foreign, StringComparison.Ordinal))
                throw new UserErrorException($"The hyper-parameter {name} is '{value}'; known are {SeedName}, a number, and {MembersName}, separated by commas.");
        }
        return new HyperParameters(seed, members);
    }
}
