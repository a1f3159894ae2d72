namespace Hts.SageMaker;

/// <summary>Where the results go: below a folder of the job's name.</summary>
public sealed class OutputDataConfig
{
    public string S3OutputPath { get; set; } = "";
}
