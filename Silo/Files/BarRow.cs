using Hts.Bars;

namespace Hts.Files;

/// <summary>One row of a bar file; the symbol is empty where the layout has no such column.</summary>
internal readonly record struct BarRow(SymbolKey Symbol, Bar Bar);
