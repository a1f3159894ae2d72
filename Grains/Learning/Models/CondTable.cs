namespace Hts.Models;

/// <summary>
/// Mean of each output, apart for "own position flat" and "own position stands". Alone it is the reference model; under other members it
/// is the ground they stand on: they put out what is to be added to it.
/// </summary>
/// <param name="Cells">Outputs × 2: flat, standing.</param>
internal sealed record CondTable(double[] Cells)
{
    /// <summary>The cell of an output.</summary>
    /// <param name="standing">Standing states of the active strategies.</param>
    public static int CellOf(TargetLayout layout, int output, ReadOnlySpan<sbyte> standing)
    {
        var active = layout.ActiveOf(output);
        return (2 * output) + (active >= 0 && standing[active] != 0 ? 1 : 0);
    }

    /// <summary>Adds the table to outputs, row after row.</summary>
    public void AddTo(TargetLayout layout, int rows, ReadOnlySpan<sbyte> standing, Span<double> outputs)
    {
        for (var row = 0; row < rows; row++)
        {
            var states = standing.Slice(row * layout.ActiveCount, layout.ActiveCount);
            var into = outputs.Slice(row * layout.OutputCount, layout.OutputCount);
            for (var t = 0; t < into.Length; t++)
                into[t] += Cells[CellOf(layout, t, states)];
        }
    }
}
