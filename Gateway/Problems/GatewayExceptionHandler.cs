using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hts.Problems;

/// <summary>Turns what was thrown into a problem: a bad request, a cluster that does not answer, or a fault of ours.</summary>
internal sealed partial class GatewayExceptionHandler(ILogger<GatewayExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;
        await Answer(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private ProblemHttpResult Answer(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
            return BadRequest(bad);
        if (ClusterFaults.Describe(exception) is { } why)
        {
            context.Response.Headers.RetryAfter = "1";
            LogUnavailable(log, context.Request.Method, context.Request.Path, exception.GetType().Name, exception.Message);
            return Problem.ClusterUnavailable(why);
        }
        LogFault(log, exception, context.Request.Method, context.Request.Path);
        return Problem.Of("internal", 500, "Internal error", "The gateway failed on this request; its log says why.");
    }

    private static ProblemHttpResult BadRequest(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: 413 } => Problem.Of("too-large", 413, "Body too large", "The request body is larger than allowed."),
        { StatusCode: 415 } => Problem.Of("unsupported", 415, "Unsupported content", "Send application/json."),
        { InnerException: JsonException json } => Problem.Invalid(
            json.Path is { Length: > 2 } path ? path[2..] : "body",
            $"is not what is expected here (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1})."),
        _ => Problem.Of("invalid-request", bad.StatusCode, "Invalid request", bad.Message),
    };
}
