using System.Collections.Concurrent;
using Hts.S3Double.SageMaker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hts.S3Double;

/// <summary>
/// A small S3 and SageMaker in memory, on a loopback port: what the product's adapters and the SDK below them need, with real signature
/// and checksum checks, and faults on demand.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>Longest request body taken.</summary>
    private const long MaxBodyBytes = 1L << 30;

    private readonly WebApplication app;
    private readonly SignatureCheck signatures;
    private readonly ObjectCalls objects = new();
    private readonly BucketCalls buckets = new();
    private int calls;

    private S3Server(WebApplication app, TimeProvider time)
    {
        this.app = app;
        Time = time;
        signatures = new(Keys, time);
        Training = new(this);
    }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Asked once per request before it is served; null serves it well.</summary>
    public Func<S3Call, S3Fault?>? Faults { get; set; }

    /// <summary>Most keys in one page of a listing.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Requests answered or cut so far.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Buckets by name.</summary>
    public ConcurrentDictionary<string, S3Bucket> Buckets { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys by their names.</summary>
    public ConcurrentDictionary<string, S3Key> Keys { get; } = new(StringComparer.Ordinal) { [AccessKey] = new(SecretKey) };

    /// <summary>SageMaker's side.</summary>
    public TrainingCalls Training { get; }

    internal TimeProvider Time { get; }

    /// <summary>Starts a server with one bucket.</summary>
    /// <param name="port">On the loopback address; 0 for a free one.</param>
    public static async Task<S3Server> Start(string bucket, TimeProvider? time = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = MaxBodyBytes);
        S3Server server = new(builder.Build(), time ?? TimeProvider.System);
        server.Buckets[bucket] = new();
        server.app.Run(server.Serve);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Training.DisposeAsync();
        await app.DisposeAsync();
    }

    private async Task Serve(HttpContext context)
    {
        Interlocked.Increment(ref calls);
        var call = S3Call.Of(context.Request);
        var fault = Faults?.Invoke(call);
        if (fault is { Latency: var latency } && latency > TimeSpan.Zero)
            await Task.Delay(latency, Time, context.RequestAborted);
        if (fault is { Cut: S3Cut.BeforeTheWork })
        {
            context.Abort();
            return;
        }
        var answer = await Answer(call, fault, context);
        if (fault is { Cut: S3Cut.AfterTheWork })
            context.Abort();
        else
            await answer.Send(context, fault?.Cut ?? S3Cut.None);
    }

    private async Task<S3Answer> Answer(S3Call call, S3Fault? fault, HttpContext context)
    {
        try
        {
            if (fault?.Error is { } error)
                throw error;
            var signature = signatures.Check(context.Request, call.IsSageMaker ? "sagemaker" : "s3");
            var body = await S3Body.Read(context.Request, signature);
            if (call.IsSageMaker)
                return Training.Answer(call.Operation, body.Content);
            if (call.Key.Length == 0)
                return buckets.Answer(this, call, context.Request);
            return Buckets.TryGetValue(call.Bucket, out var bucket)
                ? objects.Answer(bucket, call, context.Request, body, Time.GetUtcNow())
                : throw S3Error.NoSuchBucket(call.Bucket);
        }
        catch (S3Error e)
        {
            return call.IsSageMaker ? TrainingCalls.Answer(e) : S3Answer.Of(e, call);
        }
    }
}
