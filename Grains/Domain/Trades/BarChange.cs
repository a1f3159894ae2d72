using Hts.Bars;

namespace Hts.Trades;

/// <summary>A bar that closed, or one that was given before and changed since.</summary>
/// <param name="Revision">0 when the bar is given for the first time, one more each time after.</param>
public readonly record struct BarChange(Bar Bar, int Revision);
