namespace Hts.Models;

/// <summary>One linear layer as plain numbers.</summary>
/// <param name="Inputs">Columns of <paramref name="Weights"/>.</param>
/// <param name="Outputs">Rows of <paramref name="Weights"/>.</param>
/// <param name="Weights">Outputs × inputs.</param>
/// <param name="Bias">One an output.</param>
internal sealed record MlpLayer(int Inputs, int Outputs, float[] Weights, float[] Bias);
