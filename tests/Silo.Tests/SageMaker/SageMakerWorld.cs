using Amazon.Runtime;
using Hts.Bars;
using Hts.Objects;
using Hts.S3Double;
using Hts.SageMaker;
using Hts.Tests.Postgres;
using Hts.Tests.Training;
using Hts.Training;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hts.Tests.SageMaker;

/// <summary>The double with a data set in its bucket, and the product's backend before it.</summary>
public sealed class SageMakerWorld : IAsyncDisposable
{
    public const string Gpu = "ml.g4dn.xlarge";
    public const string Cpu = "ml.m5.xlarge";
    public const long RunTs = 1_795_752_000_000;
    private const string Bucket = "hts";
    private const string Run = "2026-11-27T04:00:00Z";
    private static readonly ObjectLayout Layout = new();
    private readonly ShiftedTime time;
    private readonly TempFolder folder = new();

    private SageMakerWorld(S3Server server, ShiftedTime time)
    {
        this.time = time;
        Server = server;
        Objects = ObjectStores.Open(
            new ObjectsOptions { Uri = $"s3://{Bucket}/some/prefix", Endpoint = server.Url, Region = "us-east-1" }, TimeProvider.System,
            new BasicAWSCredentials(S3Server.AccessKey, S3Server.SecretKey));
        Options = new SageMakerOptions
        {
            Image = "registry/hts:1",
            RoleArn = "arn:aws:iam::000000000000:role/hts",
            Instances = [Gpu, Cpu],
            Endpoint = server.Url,
            Region = "us-east-1",
            PollSeconds = 0.01,
            Retries = 3,
            TimeoutSeconds = 60,
            PricePerHour = new() { [Cpu] = 3_600 },
        };
    }

    public S3Server Server { get; }

    public IObjectStore Objects { get; }

    public SageMakerOptions Options { get; }

    public TrainingScheduleOptions Schedule { get; } = new() { Members = ["cond", "ridge"], TimeoutSeconds = 600 };

    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Of the host that trainings on this machine run in.</summary>
    public ApplicationLifetime Host { get; } = new(NullLogger<ApplicationLifetime>.Instance);

    internal Func<AWSCredentials> Credentials { get; set; } = static () => new BasicAWSCredentials(S3Server.AccessKey, S3Server.SecretKey);

    public static string ModelKey => Layout.Model(Run);

    public S3Bucket Stored => Server.Buckets[Bucket];

    public TimeSpan Ahead
    {
        set => time.Ahead = value;
    }

    public static async Task<SageMakerWorld> Create(int rows = 600)
    {
        ShiftedTime time = new();
        SageMakerWorld world = new(await S3Server.Start(Bucket, time), time);
        world.Server.Training.Trainer = typeof(Hts.Commands.CommandLine).Assembly.Location;
        world.Server.Training.StopGrace = TimeSpan.FromSeconds(30);
        var path = await SampleDataSet.Write(world.folder.Path, rows);
        await using var file = File.OpenRead(path);
        await world.Objects.Put(Layout.DataSet(Run), file, PutCondition.None, CancellationToken.None);
        return world;
    }

    public TrainingJob Job(string place, string? championUri = null, string? championSha256 = null) => new(
        "hts-20261127-040000", RunTs, Objects.UriOf(Layout.DataSet(Run)).ToString(), championUri is null ? null : "old", championUri, championSha256, 7, place);

    internal AmazonSageMakerClient Client() => SageMakerClients.Create(Options, time, new CredentialSource(Credentials));

    /// <summary>The folder of a training on this machine.</summary>
    public string FolderOf(TrainingJob job) => Path.Combine(new Hts.Hosting.DataFolder(folder.Path).Jobs, job.Name);

    /// <summary>Where the model of a later attempt stands when another one has the run's place.</summary>
    public string UriOf(string version) => Objects.UriOf(Layout.Model(Run, version)).ToString();

    internal SageMakerTrainingBackend Backend() => new(
        Client(), Settings, Made(Options), Made(Schedule), Objects,
        Layout, new TrainingResults(new Grid(15, 600)), time, NullLogger<SageMakerTrainingBackend>.Instance);

    internal LocalTrainingBackend Local(int memoryMegabytes = 0, TimeProvider? realTime = null) => new(
        new Hts.Hosting.DataFolder(folder.Path), Objects, Layout, new TrainingResults(new Grid(15, 600)),
        Made(Schedule),
        Made(new TrainingBackendOptions { MemoryMegabytes = memoryMegabytes }), realTime ?? TimeProvider.System, Host,
        NullLogger<LocalTrainingBackend>.Instance);

    private static IOptions<T> Made<T>(T options)
        where T : class => Microsoft.Extensions.Options.Options.Create(options);

    /// <summary>Fails the next calls of that name in this way, then no more.</summary>
    public void Fail(string operation, S3Fault fault, int times = 1) => Server.Faults = call =>
        call.Operation == operation && Interlocked.Decrement(ref times) >= 0 ? fault : null;

    /// <summary>Looks at a job until it is no longer running.</summary>
    internal static async Task<TrainingOutcome> End(ITrainingBackend backend, TrainingJob job, Action? looked = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var outcome = (await backend.Describe(job, limit.Token)).ShouldNotBeNull();
            if (outcome.State != "running")
                return outcome;
            looked?.Invoke();
            await Task.Delay(50, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        (Objects as IDisposable)?.Dispose();
        folder.Dispose();
    }
}
