namespace Hts.Trades;

internal enum CellState
{
    /// <summary>Not decided yet.</summary>
    Open,

    /// <summary>Decided: its bar was given, or there was no price yet to give.</summary>
    Closed,

    /// <summary>Decided: nothing is known of it.</summary>
    Hole,
}
