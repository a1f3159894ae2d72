namespace Hts.Hosting;

/// <summary>Where the text of a key comes from.</summary>
public static class ApiKeySource
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Read(ApiKeyOptions key) =>
        key.Value ?? File.ReadLines(key.File!).FirstOrDefault("").Trim();
}
