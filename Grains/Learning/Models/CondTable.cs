namespace Hts.Models;

/// <summary>Mean of each output, apart for "own position flat" and "own position stands".</summary>
/// <param name="Cells">Outputs × 2: flat, standing.</param>
internal sealed record CondTable(double[] Cells) : Member
{
    public override string Kind => MemberKinds.Cond;

    public override bool ReadsFeatures => false;

    public override IMemberRunner CreateRunner(TargetLayout layout, int maxRows) => new Runner(Cells, layout);

    private sealed class Runner(double[] cells, TargetLayout layout) : IMemberRunner
    {
        public void Run(int rows, ReadOnlySpan<float> scaled, ReadOnlySpan<sbyte> standing, Span<double> outputs)
        {
            for (var row = 0; row < rows; row++)
            {
                var states = standing.Slice(row * layout.ActiveCount, layout.ActiveCount);
                var into = outputs.Slice(row * layout.OutputCount, layout.OutputCount);
                for (var t = 0; t < into.Length; t++)
                {
                    var active = layout.ActiveOf(t);
                    into[t] = cells[(2 * t) + (active >= 0 && states[active] != 0 ? 1 : 0)];
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
