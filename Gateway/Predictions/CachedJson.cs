namespace Hts.Predictions;

/// <summary>An answer that is already JSON: many requests share its bytes.</summary>
internal sealed class CachedJson(byte[] json) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, 0, json.Length, httpContext.RequestAborted);
    }
}
