namespace Hts.SageMaker;

/// <summary>A folder or object that a channel copies.</summary>
public sealed class S3DataSource
{
    public string S3DataType { get; set; } = "S3Prefix";

    public string S3Uri { get; set; } = "";

    public string S3DataDistributionType { get; set; } = "FullyReplicated";
}
