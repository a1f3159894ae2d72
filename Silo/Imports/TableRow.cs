using Hts.Files;

namespace Hts.Imports;

/// <summary>One row of a table of bars, as a line of text so that it meets the same rules as a file's.</summary>
/// <param name="Columns">Where the line keeps its values; values that the row does not have are left out.</param>
/// <param name="Position">The row's time as the source spells it: the next page begins after it.</param>
internal readonly record struct TableRow(BarColumns Columns, ReadOnlyMemory<byte> Line, string Position);
