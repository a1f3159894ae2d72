using Hts.Forecasts;
using Hts.Models;

namespace Hts.Artefacts;

/// <summary>Maps a <see cref="FeatureSpace"/> to tensors and back.</summary>
internal static class SpaceTensors
{
    private const string Directions = "space.directions";
    private const string Precisions = "space.precisions";
    private const string Limit = "space.limit";

    public static IEnumerable<NamedTensor> From(FeatureSpace space) =>
    [
        new(Directions, [space.Precisions.Length - 1, space.Columns], space.Directions),
        new(Precisions, [space.Precisions.Length], space.Precisions),
        new(Limit, [1], [space.Limit]),
    ];

    /// <returns>Null when the file has none of its tensors.</returns>
    /// <exception cref="ArtefactRefusedException">Some are missing or do not go together.</exception>
    public static FeatureSpace? Read(IReadOnlyDictionary<string, NamedTensor> tensors, TensorShelf shelf, int features)
    {
        if (!tensors.TryGetValue(Directions, out var found))
            return null;
        if (found.Shape is not [var count, var columns] || count is < 1 or > FeatureSpace.MaxDirections || columns < 1 || columns > features)
            throw new ArtefactRefusedException($"model.safetensors: '{Directions}' of shape [{string.Join(',', found.Shape)}].");
        var directions = shelf.Singles(Directions, count, columns);
        var precisions = shelf.Doubles(Precisions, count + 1);
        var limit = shelf.Doubles(Limit, 1)[0];
        if (FeatureSpace.BrokenRule(directions, precisions, limit) is { } rule)
            throw new ArtefactRefusedException($"model.safetensors: a feature space of {rule}.");
        return new FeatureSpace(directions, precisions, limit);
    }
}
