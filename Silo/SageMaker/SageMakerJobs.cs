using System.Globalization;
using Hts.Objects;
using Hts.Training;

namespace Hts.SageMaker;

/// <summary>Writes a training down as SageMaker wants it.</summary>
/// <param name="timeoutSeconds">Longest training when the options name none.</param>
/// <param name="members">Members to train.</param>
/// <param name="firstModelDays">Whole days that the test part must hold for a first model other than <c>cond</c>; 0 for none.</param>
/// <param name="settings">Environment that takes the settings of models along.</param>
internal sealed class SageMakerJobs(
    SageMakerOptions options, int timeoutSeconds, string[] members, int firstModelDays, IReadOnlyDictionary<string, string> settings,
    IObjectStore objects, ObjectLayout layout)
{
    /// <summary>The input channel with the data set.</summary>
    public const string TrainChannel = "train";

    /// <summary>The input channel with the serving model.</summary>
    public const string ChampionChannel = "champion";

    private const string ModelSection = "Training:Model";

    /// <summary>Longest training, seconds.</summary>
    public int MaxRuntime => options.MaxRuntimeSeconds > 0 ? options.MaxRuntimeSeconds : timeoutSeconds;

    /// <summary>Longest time from the order to the end, seconds; without spot, to the machine, and as long again from there.</summary>
    public int MaxWait => !options.Spot ? Math.Max(timeoutSeconds, MaxRuntime) : options.MaxWaitSeconds > 0 ? options.MaxWaitSeconds : 2 * MaxRuntime;

    /// <summary>From when on <see cref="MaxWait"/> counts: what a job waited for its machine is not taken from its training. Null when unknown.</summary>
    public DateTime? CountsFrom(DescribeTrainingJobResponse found) =>
        options.Spot ? found.CreationTime : found.TrainingStartTime ?? found.CreationTime;

    /// <summary>A job's name at its place: of the run and the kind of machine, so that each has its own, the same for ever.</summary>
    public static string NameOf(TrainingJob job) => $"{job.Name}-{job.Place.Replace('.', '-')}";

    /// <summary>Where the data set's folder stands.</summary>
    public static string TrainFolder(TrainingJob job) => job.TrainUri[..(job.TrainUri.LastIndexOf('/') + 1)];

    /// <summary>Settings of <c>Training:Model</c> as environment names, so that a container trains as this machine would.</summary>
    public static IReadOnlyDictionary<string, string> ModelSettings(IConfiguration configuration) =>
        configuration.GetSection(ModelSection).AsEnumerable().Where(s => s.Value is not null)
            .ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value!);

    public CreateTrainingJobRequest Write(TrainingJob job) => new()
    {
        TrainingJobName = NameOf(job),
        AlgorithmSpecification = new() { TrainingImage = options.Image },
        RoleArn = options.RoleArn,
        InputDataConfig = job.ChampionUri is { } champion
            ? [ChannelOf(TrainChannel, TrainFolder(job)), ChannelOf(ChampionChannel, champion)]
            : [ChannelOf(TrainChannel, TrainFolder(job))],
        // Beside the model of the run, so that it goes when that goes.
        OutputDataConfig = new() { S3OutputPath = Folder(job, "jobs") },
        ResourceConfig = new()
        {
            InstanceType = job.Place,
            VolumeSizeInGB = options.VolumeGigabytes,
            KeepAlivePeriodInSeconds = options.KeepAliveSeconds > 0 ? options.KeepAliveSeconds : null,
        },
        StoppingCondition = new() { MaxRuntimeInSeconds = MaxRuntime, MaxWaitTimeInSeconds = options.Spot ? MaxWait : null },
        HyperParameters = ParametersOf(job),
        Environment = settings.Concat(options.Environment).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value),
        VpcConfig = options.SubnetIds.Length > 0 ? new() { Subnets = [.. options.SubnetIds], SecurityGroupIds = [.. options.SecurityGroupIds] } : null,
        Tags = options.Tags.Count > 0 ? [.. options.Tags.Select(t => new Tag { Key = t.Key, Value = t.Value })] : null,
        EnableManagedSpotTraining = options.Spot ? true : null,
        CheckpointConfig = options.Spot ? new() { S3Uri = Folder(job, "checkpoints") } : null,
    };

    private Dictionary<string, string> ParametersOf(TrainingJob job)
    {
        Dictionary<string, string> parameters = new()
        {
            [HyperParameters.SeedName] = job.Seed.ToString(CultureInfo.InvariantCulture),
            [HyperParameters.MembersName] = string.Join(',', members),
            [HyperParameters.FirstModelDaysName] = firstModelDays.ToString(CultureInfo.InvariantCulture),
        };
        if (job.ChampionSha256 is { } sha256)
            parameters[HyperParameters.ChampionSha256Name] = sha256;
        return parameters;
    }

    private static Channel ChannelOf(string name, string uri) => new() { ChannelName = name, DataSource = new() { S3DataSource = new() { S3Uri = uri } } };

    private string Folder(TrainingJob job, string name)
    {
        var model = objects.UriOf(layout.Model(TrainingResults.RunOf(job.TrainUri))).OriginalString;
        return $"{model[..model.LastIndexOf('/')]}/{name}";
    }
}
