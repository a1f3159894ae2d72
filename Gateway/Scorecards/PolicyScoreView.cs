using Hts.History;

namespace Hts.Scorecards;

/// <summary>What a way to choose would have earned on the settled slots, net, in percent a slot and symbol.</summary>
/// <param name="Policy">"model" for the champion's picks; the others know nothing but past outcomes.</param>
/// <param name="MeanReturn">Slots in cash count as 0.</param>
/// <param name="Regret">By how much the best fixed choice in hindsight, cash among them, was better.</param>
internal sealed record PolicyScoreView(string Policy, int Slots, double MeanReturn, double Regret)
{
    public static PolicyScoreView From(PolicyScore m) => new(m.Policy, m.Slots, m.MeanReturn, m.Regret);
}
