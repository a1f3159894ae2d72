using System.Text.Json;

namespace Hts.Exchange;

/// <summary>A control message of a client.</summary>
/// <param name="Error">What is wrong with it; null when it is well formed.</param>
internal sealed record StreamCommand(string Method, IReadOnlyList<string> Parameters, long Id, string? Error)
{
    public static StreamCommand Parse(ReadOnlyMemory<byte> message)
    {
        var id = 0L;
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            if (root.TryGetProperty("id", out var idElement) && idElement.ValueKind == JsonValueKind.Number)
                id = idElement.GetInt64();
            var method = root.GetProperty("method").GetString() ?? "";
            if (method is not ("SUBSCRIBE" or "UNSUBSCRIBE" or "LIST_SUBSCRIPTIONS"))
                return Wrong(id, $"Invalid request: unknown method {method}");
            IReadOnlyList<string> parameters = method == "LIST_SUBSCRIPTIONS"
                ? []
                : [.. root.GetProperty("params").EnumerateArray().Select(element => element.GetString() ?? "")];
            return new StreamCommand(method, parameters, id, null);
        }
        catch (JsonException)
        {
            return Wrong(id, "Invalid JSON");
        }
        catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Wrong(id, "Invalid request: method or params missing or of the wrong type");
        }
    }

    private static StreamCommand Wrong(long id, string error) => new("", [], id, error);
}
