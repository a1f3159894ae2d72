using System.Net;
using System.Net.Sockets;
using System.Text;
using Hts.S3Double;

namespace Hts.Tests.Objects;

/// <summary>The stand-in itself: a test double that takes anything proves nothing.</summary>
public sealed class S3ServerTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private S3Server server = null!;

    public async ValueTask InitializeAsync() => server = await S3Server.Start("landing");

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_unsigned_request_is_denied()
    {
        var answer = await http.PutAsync($"{server.Url}/landing/a", new StringContent("x"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        server.Buckets["landing"].Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Chunks_with_a_trailing_checksum_are_taken_apart()
    {
        (await Put(Framed("hello world", "DUoRhQ=="))).ShouldBe((HttpStatusCode.OK, ""));
        Encoding.ASCII.GetString(server.Buckets["landing"].Find("a")!.Content).ShouldBe("hello world");
    }

    [Fact]
    public async Task A_wrong_trailing_checksum_is_refused() => await Refused(Framed("hello world", "AAAAAA=="), "BadDigest");

    [Fact]
    public async Task A_missing_trailer_is_refused() => await Refused("b\r\nhello world\r\n0\r\n\r\n", "MalformedTrailerError");

    [Fact]
    public async Task A_broken_framing_is_refused() => await Refused("ffff\r\nhello world\r\n0\r\n\r\n", "IncompleteBody");

    [Fact]
    public async Task A_content_shorter_than_announced_is_refused() => await Refused(Framed("hello", "NhCmhg=="), "IncompleteBody");

    [Fact]
    public async Task A_changed_head_is_refused()
    {
        using var request = Request(Framed("hello world", "DUoRhQ=="));
        request.Headers.Remove("x-amz-decoded-content-length");
        request.Headers.Add("x-amz-decoded-content-length", "12");
        (await Send(request)).ShouldBe((HttpStatusCode.Forbidden, "SignatureDoesNotMatch"));
    }

    [Fact]
    public async Task An_abandoned_put_stores_nothing()
    {
        using var request = Request(Framed("hello world", "DUoRhQ=="));
        Uri address = new(server.Url);
        using TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port);
        var head = string.Concat(request.Headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}\r\n"));
        var wire = client.GetStream();
        await wire.WriteAsync(Encoding.ASCII.GetBytes($"PUT /landing/a HTTP/1.1\r\n{head}Content-Length: 1000\r\n\r\nb\r\nhello"));
        client.Client.Shutdown(SocketShutdown.Send);
        (await Rest(wire)).ShouldNotContain("200 OK");
        server.Calls.ShouldBe(1);
        server.Buckets["landing"].Keys.ShouldBeEmpty();
    }

    private static async Task<string> Rest(NetworkStream wire)
    {
        using StreamReader answer = new(wire);
        try
        {
            return await answer.ReadToEndAsync();
        }
        catch (IOException)
        {
            // A reset is the server's other way to say that it gave the connection up.
            return "";
        }
    }

    private static string Framed(string content, string crc32) =>
        $"{content.Length:x}\r\n{content}\r\n0\r\nx-amz-checksum-crc32:{crc32}\r\n\r\n";

    private async Task Refused(string body, string code)
    {
        (await Put(body)).ShouldBe((HttpStatusCode.BadRequest, code));
        server.Buckets["landing"].Keys.ShouldBeEmpty();
    }

    private async Task<(HttpStatusCode Status, string Code)> Put(string body)
    {
        using var request = Request(body);
        return await Send(request);
    }

    private HttpRequestMessage Request(string body) => UnsignedTrailer.Put(new($"{server.Url}/landing/a"), body, decodedLength: 11);

    private async Task<(HttpStatusCode Status, string Code)> Send(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var start = text.IndexOf("<Code>", StringComparison.Ordinal);
        return (answer.StatusCode, start < 0 ? "" : text[(start + 6)..text.IndexOf("</Code>", StringComparison.Ordinal)]);
    }
}
