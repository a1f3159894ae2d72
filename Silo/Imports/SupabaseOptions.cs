using Hts.Commands;

namespace Hts.Imports;

/// <summary>How a Supabase project is reached. Address and key come from the environment, never from the command line.</summary>
/// <param name="FirstPause">Before the first repetition; it doubles with each.</param>
internal sealed record SupabaseOptions(Uri Url, string ApiKey, string Table, int PageRows, int Retries, TimeSpan FirstPause, TimeSpan Timeout)
{
    public const string UrlName = "SUPABASE_URL";
    public const string ApiKeyName = "SUPABASE_API_KEY";

    private const int DefaultPageRows = 1_000;
    private const int DefaultRetries = 6;

    /// <exception cref="UserErrorException">A name is not set, or the address would send the key in the clear.</exception>
    public static SupabaseOptions Read(IConfiguration configuration, string table)
    {
        var url = Set(configuration, UrlName);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw new UserErrorException($"{UrlName} is '{url}'; it must be a web address, as https://<project>.supabase.co.");
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw new UserErrorException($"{UrlName} must begin with https: the key would be readable on the way.");
        var key = Set(configuration, ApiKeyName);
        if (key.Any(c => c is <= ' ' or > '~'))
            throw new UserErrorException($"{ApiKeyName} holds characters that no key has.");
        return new SupabaseOptions(
            address, key, table, DefaultPageRows, DefaultRetries, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(60));
    }

    private static string Set(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value.Trim() : throw new UserErrorException($"Set {name} in the environment.");
}
