using Hts.Bars;

namespace Hts.Files;

/// <summary>One row of a bar file; the symbol is empty where the layout has no such column.</summary>
/// <param name="LengthMs">The bar's length as its close time tells it; 0 where the layout has none.</param>
internal readonly record struct BarRow(SymbolKey Symbol, Bar Bar, long LengthMs);
