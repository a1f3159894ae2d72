namespace Hts.SageMaker;

/// <summary>Where a channel reads.</summary>
public sealed class DataSource
{
    public S3DataSource S3DataSource { get; set; } = new();
}
