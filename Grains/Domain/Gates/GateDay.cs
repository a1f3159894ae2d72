namespace Hts.Gates;

/// <summary>
/// Losses of one UTC day on the slots that every compared model has forecast: the mean over symbols of the mean
/// <see cref="Scores.Huber.SlotLoss"/> of a symbol.
/// </summary>
/// <param name="DayTs">The day's start, Unix ms UTC.</param>
/// <param name="Due">Slots of all symbols that the day has.</param>
/// <param name="Scored">Those that are settled and forecast by all compared models.</param>
/// <param name="Champion">Null when there is none.</param>
/// <param name="Cond">Of the <c>cond</c> table that the candidate stands on, or of the one that runs beside it.</param>
/// <param name="Anchor">Null when there is none.</param>
public sealed record GateDay(long DayTs, int Due, int Scored, double? Champion, double Challenger, double Cond, double? Anchor)
{
    /// <summary>A day, ms.</summary>
    public const long Ms = 86_400_000;

    /// <summary>Share of the outcomes within the candidate's 90 % intervals; null where it is not known day by day.</summary>
    public double? Coverage { get; init; }
}
