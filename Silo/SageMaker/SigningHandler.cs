namespace Hts.SageMaker;

/// <summary>Signs each request with the credentials of the moment.</summary>
internal sealed class SigningHandler(CredentialSource credentials, string region, string service, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var keys = await credentials.Get();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        SignatureV4.Sign(request, body, keys.AccessKey, keys.SecretKey, keys.Token, region, service, time.GetUtcNow());
        return await base.SendAsync(request, cancellationToken);
    }
}
