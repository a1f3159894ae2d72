namespace Hts.Models;

/// <summary>A multilayer perceptron over scaled features, ReLU between the layers.</summary>
/// <param name="Layers">From the features to the outputs.</param>
/// <param name="OutputMean">Added to each output after scaling.</param>
/// <param name="OutputScale">Multiplies each output of the last layer.</param>
internal sealed record Mlp(MlpLayer[] Layers, double[] OutputMean, double[] OutputScale) : Member
{
    public override string Kind => MemberKinds.Mlp;

    public override IMemberRunner CreateRunner(int maxRows) => new MlpRunner(this, maxRows);
}
