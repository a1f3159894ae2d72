using System.Net.Http.Headers;
using System.Text.Json;

namespace Hts.SageMaker;

/// <summary>Tells the service's failures apart.</summary>
internal static class SageMakerErrors
{
    /// <summary>The failure that an answer tells: <c>{"__type":"…#Code","message":"…"}</c>.</summary>
    public static AmazonSageMakerException Of(int status, HttpResponseHeaders headers, byte[] body)
    {
        var (code, message) = Read(body);
        if (headers.TryGetValues("x-amzn-ErrorType", out var types))
            code = types.First();
        // "com.amazonaws.sagemaker#ResourceInUse:http://…": the name alone.
        code = code[(code.IndexOf('#') + 1)..].Split(':')[0];
        var words = $"{(code.Length > 0 ? code : $"HTTP {status}")}: {(message.Length > 0 ? message : "no words")}";
        return code switch
        {
            "ResourceLimitExceeded" or "ResourceLimitExceededException" => new ResourceLimitExceededException(words, code, status),
            "ResourceInUse" or "ResourceInUseException" => new ResourceInUseException(words, code, status),
            "ResourceNotFound" or "ResourceNotFoundException" => new ResourceNotFoundException(words, code, status),
            // What the service really says of a job that it does not know.
            "ValidationException" when message.Contains("Requested resource not found", StringComparison.Ordinal) =>
                new ResourceNotFoundException(words, code, status),
            "ValidationException" => new ValidationException(words, code, status),
            "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown" =>
                new ThrottlingException(words, code, status),
            "AccessDeniedException" or "AccessDenied" or "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException"
                or "SignatureDoesNotMatch" or "IncompleteSignature" or "MissingAuthenticationToken" or "OptInRequired" =>
                new AccessDeniedException(words, code, status),
            _ => new AmazonSageMakerException(words, code, status),
        };
    }

    /// <summary>The failure of a request that got no whole answer.</summary>
    public static SageMakerUnreachableException Unreachable(Uri endpoint, Exception error)
    {
        var sent = error is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError
        };
        var why = error is OperationCanceledException ? "no answer in time" : error.Message;
        return new SageMakerUnreachableException($"{endpoint.Host} cannot be reached: {why}", sent, error);
    }

    private static (string Code, string Message) Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return (Text(json.RootElement, "__type"), Text(json.RootElement, "message", "Message"));
        }
        catch (JsonException)
        {
            // A proxy's or load balancer's own page: the status says it.
            return ("", "");
        }
    }

    private static string Text(JsonElement json, params string[] names)
    {
        foreach (var name in names)
        {
            if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String)
                return found.GetString()!;
        }
        return "";
    }
}
