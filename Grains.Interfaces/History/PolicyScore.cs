namespace Hts.History;

/// <summary>What a way to choose would have earned on the settled slots, net, in percent a slot and symbol.</summary>
/// <param name="Policy">"model" for the champion's picks, else a way that knows nothing but past outcomes.</param>
/// <param name="Slots">Slots of all symbols played.</param>
/// <param name="MeanReturn">Mean net return; slots in cash count as 0.</param>
/// <param name="Regret">Mean by which the best fixed choice in hindsight, cash among them, was better, symbol by symbol.</param>
[GenerateSerializer, Immutable, Alias("hts.policy-score")]
public sealed record PolicyScore(
    [property: Id(0)] string Policy, [property: Id(1)] int Slots, [property: Id(2)] double MeanReturn, [property: Id(3)] double Regret);
