namespace Hts.SageMaker;

/// <summary>The program that trains.</summary>
public sealed class AlgorithmSpecification
{
    /// <summary>Address of the container image.</summary>
    public string TrainingImage { get; set; } = "";

    /// <summary>"File": channels are copied before the training begins.</summary>
    public string TrainingInputMode { get; set; } = "File";
}
