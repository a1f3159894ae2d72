using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.S3;
using Amazon.S3.Model;
using Hts.SageMaker;

namespace Hts.Tests.SageMaker;

public sealed class SignatureV4Tests
{
    private const string Access = "AKIDEXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static readonly DateTimeOffset At = new(2026, 11, 27, 4, 5, 6, TimeSpan.Zero);

    [Theory]
    [InlineData("https://api.sagemaker.eu-central-1.amazonaws.com/", "{}", null)]
    [InlineData("http://127.0.0.1:9900", """{"TrainingJobName":"hts-1-ml-m5-xlarge"}""", null)]
    [InlineData("https://api.sagemaker.us-east-1.amazonaws.com", """{"TrainingJobName":"käse"}""", "a/session+token==")]
    public void A_signature_is_that_of_the_aws_sdk(string endpoint, string body, string? token)
    {
        var content = Encoding.UTF8.GetBytes(body);
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "SageMaker.CreateTrainingJob");
        SignatureV4.Sign(request, content, Access, Secret, token, "eu-central-1", "sagemaker", At);

        DefaultRequest known = new(new ListBucketsRequest(), "sagemaker")
        {
            Endpoint = new Uri(endpoint),
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = content,
            OverrideSigningServiceName = "sagemaker",
        };
        known.Headers["Content-Type"] = "application/x-amz-json-1.1";
        known.Headers["X-Amz-Target"] = "SageMaker.CreateTrainingJob";
        if (token is not null)
            known.Headers["X-Amz-Security-Token"] = token;
        AmazonS3Config config = new() { ServiceURL = endpoint, AuthenticationRegion = "eu-central-1" };
        var expected = new AWS4Signer().SignRequest(known, config, null, Access, Secret, At.UtcDateTime);

        request.Headers.GetValues("Authorization").Single().ShouldBe(expected.ForAuthorizationHeader);
    }
}
