using Amazon.Runtime;

namespace Hts.SageMaker;

/// <summary>Credentials that are found when first needed and found anew when they are refused.</summary>
/// <param name="find">AWS's default chain, or what a test has instead.</param>
internal sealed class CredentialSource(Func<AWSCredentials> find)
{
    private readonly Lock gate = new();
    private AWSCredentials? found;

    /// <exception cref="AccessDeniedException">There are none.</exception>
    public async Task<ImmutableCredentials> Get()
    {
        try
        {
            AWSCredentials current;
            lock (gate)
                current = found ??= find();
            // Those that expire renew themselves a little before.
            return await current.GetCredentialsAsync();
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or InvalidOperationException or ArgumentException)
        {
            throw new AccessDeniedException($"There are no AWS credentials: {e.Message}", AccessDeniedException.NoCredentialsCode, 0);
        }
    }

    public void Refresh()
    {
        lock (gate)
        {
            if (found is RefreshingAWSCredentials renewed)
                renewed.ClearCredentials();
            else
                found = null;
        }
    }
}
