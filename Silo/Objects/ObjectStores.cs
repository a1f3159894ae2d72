using Amazon.Runtime;

namespace Hts.Objects;

/// <summary>Opens the store that the options name.</summary>
public static class ObjectStores
{
    /// <summary>
    /// A folder or an S3 bucket, by <see cref="ObjectsOptions.Uri"/>, which must not be empty here. Nothing is contacted or created
    /// yet. Dispose the store when it is disposable.
    /// </summary>
    /// <param name="options">Valid options.</param>
    /// <param name="time">The real clock: files, locks and requests know no other.</param>
    /// <param name="credentials">Null: by AWS's default chain (environment, profile, container, instance), refreshed by it.</param>
    public static IObjectStore Open(ObjectsOptions options, TimeProvider time, AWSCredentials? credentials = null)
    {
        var address = ObjectsAddress.Parse(options.Uri);
        return address.Bucket is { } bucket
            ? new S3ObjectStore(S3Clients.Create(options, credentials), bucket, address.Path, options.PartBytes, TimeSpan.FromSeconds(options.TimeoutSeconds))
            : new FolderObjectStore(address.Path, time, TimeSpan.FromSeconds(options.LockTimeoutSeconds));
    }
}
