using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Hts.Objects;

/// <summary>Makes S3 clients from options.</summary>
internal static class S3Clients
{
    /// <summary>What a service of one's own is signed for when no region is known: most accept any.</summary>
    private const string AnyRegion = "us-east-1";

    public static AmazonS3Client Create(ObjectsOptions options, AWSCredentials? credentials)
    {
        AmazonS3Config config = new()
        {
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxErrorRetry = options.Retries,
            RetryMode = RequestRetryMode.Standard,
            ForcePathStyle = options.PathStyle ?? options.Endpoint.Length > 0,
        };
        if (options.Endpoint.Length > 0)
        {
            // The service's URL decides where to go, the region only what is signed: set both, in this order the SDK keeps both.
            config.ServiceURL = options.Endpoint;
            config.AuthenticationRegion = options.Region.Length > 0 ? options.Region : FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? AnyRegion;
        }
        else if (options.Region.Length > 0)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        return credentials is null ? new(config) : new(credentials, config);
    }
}
