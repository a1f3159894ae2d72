namespace Hts.Ledgers;

/// <summary>One UTC day of a role beside the champion's recipe: means over symbols of a symbol's mean loss, Huber in σ units.</summary>
/// <param name="DayTs">The day's start, Unix ms UTC.</param>
/// <param name="Symbols">Symbols that the role predicted that day.</param>
/// <param name="Scored">Slots that all compared have a loss for.</param>
/// <param name="Anchor">Null unless the anchor has a loss for each of those slots.</param>
public sealed record RoleDay(long DayTs, int Symbols, int Scored, double Champion, double Role, double Cond, double? Anchor);
