using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Hts.SageMaker;

/// <summary>Makes clients from options.</summary>
internal static class SageMakerClients
{
    private const string Service = "sagemaker";

    /// <summary>What a service of one's own is signed for when no region is known: most accept any.</summary>
    private const string AnyRegion = "us-east-1";

    /// <summary>With credentials of AWS's default chain: environment, profile, container, instance.</summary>
    public static AmazonSageMakerClient Create(SageMakerOptions options, TimeProvider time) =>
        Create(options, time, new CredentialSource(static () => DefaultAWSCredentialsIdentityResolver.GetCredentials()));

    public static AmazonSageMakerClient Create(SageMakerOptions options, TimeProvider time, CredentialSource credentials)
    {
        var region = options.Region.Length > 0 ? options.Region : FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? AnyRegion;
        var endpoint = new Uri(options.Endpoint.Length > 0
            ? options.Endpoint
            : $"https://api.sagemaker.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}");
        var signing = new SigningHandler(credentials, region, Service, time)
        {
            InnerHandler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseProxy = !endpoint.IsLoopback },
        };
        var http = new HttpClient(signing) { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) };
        return new AmazonSageMakerClient(http, endpoint, SageMakerRetries.Create(options.Retries, time, credentials.Refresh));
    }
}
