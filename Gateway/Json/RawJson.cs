using System.Text.Json;

namespace Hts.Json;

/// <summary>JSON documents that others wrote and stored as text.</summary>
internal static class RawJson
{
    /// <summary>The document as it is; null when the text is empty or no JSON.</summary>
    public static JsonElement? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
