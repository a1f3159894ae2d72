namespace Hts.Training;

/// <summary>Where the perceptron's rows come from.</summary>
internal interface IMlpRows
{
    /// <param name="rows">Numbers of the rows.</param>
    /// <param name="inputs">Receives the scaled features, row after row.</param>
    /// <param name="targets">Receives the standardised targets, row after row.</param>
    void Gather(ReadOnlySpan<int> rows, Span<float> inputs, Span<float> targets);
}
