using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Hts.S3Double;

/// <summary>An answer, whole before any of it is sent: so it can be lost or torn on demand.</summary>
internal sealed record S3Answer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public static S3Answer Xml(XElement root) =>
        new(200, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root), ("Content-Type", "application/xml"));

    public static S3Answer Of(S3Error error, S3Call call)
    {
        // A HEAD has no body to say more in.
        if (call.Operation.StartsWith("Head", StringComparison.Ordinal))
            return new(error.Status, []);
        XElement root = new("Error", new XElement("Code", error.Code), new XElement("Message", error.Message), new XElement("Key", call.Key));
        return Xml(root) with { Status = error.Status };
    }

    public async Task Send(HttpContext context, S3Cut cut)
    {
        context.Response.StatusCode = Status;
        context.Response.Headers["x-amz-request-id"] = context.TraceIdentifier;
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;
        if (Status == 204)
            return;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        // Fewer bytes than announced make the server close the connection in good order: what was sent arrives, the rest never does.
        context.Response.ContentLength = Body.Length;
        await context.Response.Body.WriteAsync(cut == S3Cut.None ? Body : Body.AsMemory(0, Body.Length / 2));
        if (cut != S3Cut.NeverWithinTheAnswer)
            return;
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    }
}
