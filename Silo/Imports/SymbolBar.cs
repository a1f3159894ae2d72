using Hts.Files;

namespace Hts.Imports;

/// <summary>A bar and whose it is.</summary>
/// <param name="MayBeCut">True when the files may begin or end within it.</param>
internal readonly record struct SymbolBar(string Symbol, SourceBar Given, bool MayBeCut = false);
