namespace Hts.SageMaker;

/// <summary>The network that the machine stands in.</summary>
public sealed class VpcConfig
{
    public List<string> SecurityGroupIds { get; set; } = [];

    public List<string> Subnets { get; set; } = [];
}
