using Hts.Gates;
using Hts.Models;

namespace Hts.Proofs;

/// <summary>How large a proof is.</summary>
public sealed record ProofSettings
{
    /// <summary>Slots a symbol that are trained on, splits included.</summary>
    public int Slots { get; init; } = 1500;

    /// <summary>Slots a symbol after those, on which the model is judged.</summary>
    public int TestSlots { get; init; } = 30 * 144;

    /// <summary>Full days that the gate asks for; by default those of the product.</summary>
    public int GateDays { get; init; } = new GateOptions().MinPastDays;

    /// <summary>Members that are trained.</summary>
    public IReadOnlyList<string> Members { get; init; } = [MemberKinds.Cond, MemberKinds.Ridge];

    /// <summary>Length of a bar, seconds.</summary>
    public int BarSeconds { get; init; } = 60;

    /// <summary>Whether there are embeddings, random ones; without them a run takes a third of the time.</summary>
    public bool Embeddings { get; init; } = true;

    /// <summary>
    /// Part of a slot's move that can be foreseen in the planted market; see <see cref="ProofMarket"/>. Default .2, an oracle's IC of .20. At
    /// .15 as much of the oracle is found, but in one world of four the slope that 225 validation slots gave is too small for the gate.
    /// </summary>
    public double Foresight { get; init; } = 0.2;

    /// <summary>Worlds of the null.</summary>
    public int Seeds { get; init; } = 200;

    /// <summary>The first world's seed.</summary>
    public int FirstSeed { get; init; } = 1;
}
