using System.Globalization;
using System.Text.Json;
using Hts.Commands;

namespace Hts.Training;

/// <summary>What a container is told of its training; SageMaker passes strings only.</summary>
/// <param name="Seed">Of everything random.</param>
/// <param name="Members">Members to train; null for all.</param>
/// <param name="FirstModelDays">Whole days that the test part must hold for a first model other than <c>cond</c>; 0 for none.</param>
/// <param name="ChampionSha256">Hex SHA-256 that the serving model's artefact must have; null to take any.</param>
internal sealed record HyperParameters(int Seed, string[]? Members, int FirstModelDays = 0, string? ChampionSha256 = null)
{
    public const string SeedName = "seed";
    public const string MembersName = "members";
    public const string FirstModelDaysName = "first_model_days";
    public const string ChampionSha256Name = "champion_sha256";

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
        var (seed, members, firstModelDays, championSha256) = (1, (string[]?)null, 0, (string?)null);
        foreach (var (name, value) in given)
        {
            if (name == MembersName)
                members = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            else if (name == SeedName && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                seed = number;
            else if (name == FirstModelDaysName && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days))
                firstModelDays = days;
            else if (name == ChampionSha256Name)
                championSha256 = value;
            else if (!name.StartsWith(Foreign, StringComparison.Ordinal))
                throw new UserErrorException($"The hyper-parameter {name} is '{value}'; known are {SeedName} and {FirstModelDaysName}, numbers, {MembersName}, separated by commas, and {ChampionSha256Name}.");
        }
        return new HyperParameters(seed, members, firstModelDays, championSha256);
    }
}
