namespace Hts.Imports;

/// <summary>Bars of one symbol with open time in [<see cref="FromTs"/>, <see cref="ToTs"/>).</summary>
internal sealed record ImportedSpan(string Symbol, long FromTs, long ToTs, long Bars);
