using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;

namespace Hts.SageMaker;

/// <summary>
/// The calls on training jobs that are needed here, named as in the AWS SDK, whose package can take its place. Every call throws
/// <see cref="AmazonSageMakerException"/> or one of its kinds.
/// </summary>
/// <param name="http">Signs each request it sends; disposed with the client.</param>
/// <param name="endpoint">The service in its region.</param>
/// <param name="retries">Runs each call, again where that may help.</param>
public sealed class AmazonSageMakerClient(HttpClient http, Uri endpoint, ResiliencePipeline retries) : IDisposable
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/x-amz-json-1.1");

    public Task<CreateTrainingJobResponse> CreateTrainingJobAsync(CreateTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        Call(
            "CreateTrainingJob", request, SageMakerJson.Default.CreateTrainingJobRequest, SageMakerJson.Default.CreateTrainingJobResponse,
            cancellationToken);

    public Task<DescribeTrainingJobResponse> DescribeTrainingJobAsync(
        DescribeTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        Call(
            "DescribeTrainingJob", request, SageMakerJson.Default.DescribeTrainingJobRequest, SageMakerJson.Default.DescribeTrainingJobResponse,
            cancellationToken);

    public Task<StopTrainingJobResponse> StopTrainingJobAsync(StopTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        Call(
            "StopTrainingJob", request, SageMakerJson.Default.StopTrainingJobRequest, SageMakerJson.Default.StopTrainingJobResponse,
            cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<TAnswer> Call<TRequest, TAnswer>(
        string action, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : new()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        AmazonSageMakerException? unclear = null;
        try
        {
            return await retries.ExecuteAsync(
                async token =>
                {
                    try
                    {
                        return await Send(action, body, answerType, token);
                    }
                    catch (AmazonSageMakerException e) when (e.MayHaveWorked)
                    {
                        unclear = e;
                        throw;
                    }
                },
                cancellation);
        }
        catch (AmazonSageMakerException e) when (unclear is not null && e.IsPassing)
        {
            // A later attempt that surely did nothing does not undo an earlier one that may have.
            throw e.MayHaveWorked ? e : unclear;
        }
    }

    private async Task<TAnswer> Send<TAnswer>(string action, byte[] body, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : new()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = JsonType;
        request.Headers.Add("X-Amz-Target", $"SageMaker.{action}");
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (!response.IsSuccessStatusCode)
                throw SageMakerErrors.Of((int)response.StatusCode, response.Headers, answer);
            return answer.Length == 0 ? new TAnswer() : JsonSerializer.Deserialize(answer, answerType) ?? new TAnswer();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw SageMakerErrors.Unreachable(endpoint, e);
        }
    }
}
