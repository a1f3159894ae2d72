using Hts.History;

namespace Hts.Scorecards;

/// <summary>Mean loss beside the champion's on the same slots: Huber in units of the slot's deviation, lower is better.</summary>
/// <param name="Role">A role of the predictions, or "zero" or "mean": no return at all, and the training mean.</param>
/// <param name="Champion">The champion's loss on those slots.</param>
internal sealed record RoleScoreView(string Role, int Slots, double Loss, double Champion)
{
    public static RoleScoreView From(RoleScore m) => new(m.Role, m.Slots, m.Loss, m.Champion);
}
