namespace Hts.SageMaker;

/// <summary>Trainings on SageMaker: section <c>Training:SageMaker</c>; read only with <c>Training:Backend</c> sagemaker.</summary>
public sealed class SageMakerOptions
{
    public const string Section = "Training:SageMaker";

    /// <summary>What one takes when none is named.</summary>
    public const string UsualInstance = "ml.m5.xlarge";

    /// <summary>The container image with this program, in a registry that the role may pull from.</summary>
    public string Image { get; set; } = "";

    /// <summary>The role that jobs run with: <c>arn:aws:iam::…:role/…</c>. Also <c>SAGEMAKER_ROLE_ARN</c>.</summary>
    public string RoleArn { get; set; } = "";

    /// <summary>Kinds of machines in the order to try; empty: <see cref="UsualInstance"/>. Also, for one, <c>SM_TRAIN_INSTANCE</c>.</summary>
    public string[] Instances { get; set; } = [];

    /// <summary>True to train on this machine when SageMaker will not.</summary>
    public bool Local { get; set; } = true;

    /// <summary>AWS region. Empty: <c>Objects:Region</c>, else by AWS's default chain.</summary>
    public string Region { get; set; } = "";

    /// <summary>The service to speak to when it is not AWS's own. Also <c>AWS_ENDPOINT_URL_SAGEMAKER</c> and <c>AWS_ENDPOINT_URL</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Disk of the machine, gigabytes (1 to 16,384).</summary>
    public int VolumeGigabytes { get; set; } = 10;

    /// <summary>Longest training, seconds (60 to 432,000); 0: <c>Training:TimeoutSeconds</c>.</summary>
    public int MaxRuntimeSeconds { get; set; }

    /// <summary>True for spot capacity, with checkpoints.</summary>
    public bool Spot { get; set; }

    /// <summary>With spot: longest time with the wait for capacity, seconds; at least the longest training. 0: twice that.</summary>
    public int MaxWaitSeconds { get; set; }

    /// <summary>Warm pool: how long a machine waits for the next job, seconds (0 to 3,600); not with spot.</summary>
    public int KeepAliveSeconds { get; set; }

    /// <summary>Subnets of a VPC to run in; empty for SageMaker's own network.</summary>
    public string[] SubnetIds { get; set; } = [];

    /// <summary>Security groups there; with subnets, and only with them.</summary>
    public string[] SecurityGroupIds { get; set; } = [];

    /// <summary>Tags of the jobs.</summary>
    public Dictionary<string, string> Tags { get; set; } = [];

    /// <summary>Environment of the container, beside the settings of <c>Training:Model</c>, which go along by themselves.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    /// <summary>Price of an hour, in any one currency, by kind of machine; without one a training's cost is not told.</summary>
    public Dictionary<string, double> PricePerHour { get; set; } = [];

    /// <summary>Seconds between looks at a young job (1 to 300); they grow to six times that.</summary>
    public double PollSeconds { get; set; } = 5;

    /// <summary>Bound of one request, seconds (1 to 300).</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>How often a failed request is made again, with growing pauses (0 to 10).</summary>
    public int Retries { get; set; } = 4;
}
