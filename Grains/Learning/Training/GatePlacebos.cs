using Hts.Gates;
using Hts.Scores;

namespace Hts.Training;

/// <summary>What the gate is told of a training's placebos and of its leak check.</summary>
public static class GatePlacebos
{
    public static IReadOnlyList<GatePlacebo> Of(IEnumerable<PlaceboScore> placebos, LeakScore? leak) =>
    [
        .. placebos.Select(p => new GatePlacebo(p.Name, p.Skilful, p.T, p.Limit)),
        .. leak is null ? Array.Empty<GatePlacebo>() : [new GatePlacebo("a direction too good to be true", leak.Suspicious, leak.AtLeast, leak.Limit)],
    ];
}
