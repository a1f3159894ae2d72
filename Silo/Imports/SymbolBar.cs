using Hts.Bars;

namespace Hts.Imports;

/// <summary>A bar and whose it is.</summary>
internal readonly record struct SymbolBar(string Symbol, Bar Bar);
