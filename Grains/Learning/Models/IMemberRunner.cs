namespace Hts.Models;

/// <summary>A member ready to run; may hold native memory. Not for use by two threads at once.</summary>
internal interface IMemberRunner : IDisposable
{
    /// <param name="rows">Number of rows.</param>
    /// <param name="scaled">Scaled features, row after row.</param>
    /// <param name="outputs">Receives the outputs of <see cref="TargetLayout"/>, row after row.</param>
    void Run(int rows, ReadOnlySpan<float> scaled, Span<double> outputs);
}
