using Hts.S3Double;

namespace Hts.Tests.Hosting;

/// <summary>Object storage that programs of the test speak S3 with.</summary>
internal sealed class Bucket : IAsyncDisposable
{
    private const string Name = "hts";

    private Bucket(S3Server server) => Server = server;

    public S3Server Server { get; }

    /// <summary>The environment of a program that keeps its objects here.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["Objects__Uri"] = $"s3://{Name}",
        ["AWS_ENDPOINT_URL_S3"] = Server.Url,
        ["AWS_ACCESS_KEY_ID"] = S3Server.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = S3Server.SecretKey,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public static async Task<Bucket> Start() => new(await S3Server.Start(Name));

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
