using System.Globalization;
using System.Text;

namespace Hts.S3Double;

/// <summary>
/// The <c>aws-chunked</c> framing: <c>size[;chunk-signature=…]CRLF data CRLF</c>, an empty chunk last, then trailing headers where
/// the framing announces them.
/// </summary>
internal static class ChunkedBody
{
    private const string SignatureField = "chunk-signature=";
    private const string TrailerSignature = "x-amz-trailer-signature";

    /// <summary>Returns the content; trailing headers are added to <paramref name="fields"/>.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> body, BodySignature signature, List<(string Name, string Value)> fields)
    {
        List<byte> content = new(body.Length);
        while (true)
        {
            var head = Line(ref body);
            var mark = head.IndexOf(';');
            if (!int.TryParse(mark < 0 ? head : head[..mark], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size > body.Length)
                throw Incomplete();
            var chunk = body[..size];
            body = body[size..];
            if (signature.HasSignedChunks)
            {
                signature.CheckChunk(chunk, mark >= 0 && head[(mark + 1)..].StartsWith(SignatureField, StringComparison.Ordinal)
                    ? head[(mark + 1 + SignatureField.Length)..]
                    : "");
            }
            content.AddRange(chunk);
            if (size == 0)
                break;
            if (Line(ref body).Length > 0)
                throw Incomplete();
        }
        if (signature.HasTrailer)
            ReadTrailer(body, signature, fields);
        return [.. content];
    }

    private static void ReadTrailer(ReadOnlySpan<byte> body, BodySignature signature, List<(string Name, string Value)> fields)
    {
        StringBuilder signed = new();
        string? given = null;
        while (!body.IsEmpty)
        {
            var line = Line(ref body);
            if (line.Length == 0)
                continue;
            var colon = line.IndexOf(':');
            if (colon < 0)
                throw Incomplete();
            var (name, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == TrailerSignature)
            {
                given = value;
                continue;
            }
            signed.Append($"{name}:{value}\n");
            fields.Add((name, value));
        }
        if (signature.HasSignedChunks)
            signature.CheckTrailer(signed.ToString(), given ?? "");
        foreach (var name in fields.Where(f => f.Name == "x-amz-trailer").SelectMany(f => f.Value.Split(',')).ToList())
        {
            if (!fields.Exists(f => f.Name == name.Trim()))
                throw S3Error.Bad("MalformedTrailerError", $"The trailing header {name} is missing.");
        }
    }

    private static string Line(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\r\n"u8);
        if (end < 0)
            throw Incomplete();
        var line = Encoding.ASCII.GetString(body[..end]);
        body = body[(end + 2)..];
        return line;
    }

    private static S3Error Incomplete() => S3Error.Bad("IncompleteBody", "The body's framing is broken or cut short.");
}
