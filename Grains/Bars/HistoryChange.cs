namespace Hts.Bars;

/// <summary>Bars were written beside their symbol's market: it has to run over them again.</summary>
/// <param name="FromTs">Open time of the first of them, Unix ms.</param>
/// <param name="Number">Another one after each further write: it tells whether more came meanwhile.</param>
public sealed record HistoryChange(long FromTs, long Number);
