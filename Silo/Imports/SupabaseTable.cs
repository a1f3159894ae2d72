using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hts.Commands;
using Hts.Time;

namespace Hts.Imports;

/// <summary>
/// A table behind Supabase's REST interface (PostgREST), page by page by its time: whatever cap the project puts on a page, the end is an
/// empty one.
/// </summary>
internal sealed class SupabaseTable : IBarTable
{
    private readonly SupabaseOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public SupabaseTable(SupabaseOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        // A redirect could carry the key elsewhere.
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = !options.Url.IsLoopback,
            AutomaticDecompression = DecompressionMethods.All,
        })
        {
            Timeout = options.Timeout,
        };
        http.DefaultRequestHeaders.Add("apikey", options.ApiKey);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
    }

    public string Name => $"{options.Url.Host}/{options.Table}";

    public async IAsyncEnumerable<TableRow> Read(string symbol, long fromTs, long toTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var first = await Page("select=*&limit=1", cancellation);
        if (first.Count == 0)
            yield break;
        if (!first[0].TryGetProperty(TableLine.Time, out _))
            throw new UserErrorException($"{Name} has no column {TableLine.Time}.");
        var filter = first[0].TryGetProperty("symbol", out _) ? $"&symbol=eq.{Uri.EscapeDataString(symbol)}" : "";
        var span = toTs < Instants.Latest ? $"&ts=lt.{Uri.EscapeDataString(Timestamps.Iso(toTs))}" : "";
        var after = fromTs > 0 ? $"&ts=gte.{Uri.EscapeDataString(Timestamps.Iso(fromTs))}" : "";
        while (true)
        {
            var page = await Page(
                string.Create(CultureInfo.InvariantCulture, $"select=*&order=ts.asc&limit={options.PageRows}{filter}{after}{span}"), cancellation);
            if (page.Count == 0)
                yield break;
            var last = "";
            foreach (var json in page)
            {
                var row = TableLine.Make(Text(json, TableLine.Time), column => Text(json, column));
                last = row.Position;
                yield return row;
            }
            if (last.Length == 0)
                throw new UserErrorException($"{Name} has a row without a time.");
            // As the server spelled it, to the last digit.
            after = $"&ts=gt.{Uri.EscapeDataString(last)}";
        }
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? Text(JsonElement row, string column) => row.TryGetProperty(column, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        }
        : null;

    private async Task<IReadOnlyList<JsonElement>> Page(string query, CancellationToken cancellation)
    {
        var address = new Uri($"{options.Url.ToString().TrimEnd('/')}/rest/v1/{Uri.EscapeDataString(options.Table)}?{query}");
        for (var attempt = 0; ; attempt++)
        {
            var (page, trouble, pause) = await TryPage(address, cancellation);
            if (page is not null)
                return page;
            if (attempt == options.Retries)
                throw new UserErrorException($"{trouble} ({attempt + 1} tries)");
            var wait = pause ?? options.FirstPause * (1 << attempt);
            await Task.Delay(wait < options.Timeout ? wait : options.Timeout, time, cancellation);
        }
    }

    /// <returns>The page, or what failed in passing and how long the server asks to wait.</returns>
    private async Task<(IReadOnlyList<JsonElement>? Page, string Trouble, TimeSpan? Pause)> TryPage(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(address, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
                using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
                return json.RootElement.ValueKind == JsonValueKind.Array
                    ? ([.. json.RootElement.EnumerateArray().Select(row => row.Clone())], "", null)
                    : throw new UserErrorException($"{Name} did not answer with a list of rows; is {SupabaseOptions.UrlName} the project's address?");
            }
            if (answer.StatusCode == HttpStatusCode.TooManyRequests || (int)answer.StatusCode >= 500)
                return (null, $"{Name} answers {(int)answer.StatusCode}", answer.Headers.RetryAfter?.Delta);
            throw new UserErrorException(await Refusal(answer, cancellation));
        }
        catch (JsonException)
        {
            return (null, $"{Name} answers with something that is no JSON, or is cut off", null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (null, $"{options.Url.Host} cannot be reached: {failure.Message}", null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"{options.Url.Host} did not answer within {options.Timeout.TotalSeconds:0} s", null);
        }
    }

    private async Task<string> Refusal(HttpResponseMessage answer, CancellationToken cancellation) => (int)answer.StatusCode switch
    {
        401 or 403 => $"{Name} refuses the key in {SupabaseOptions.ApiKeyName} ({(int)answer.StatusCode}).",
        404 => $"{options.Url.Host} has no table {options.Table}: give another with --table, or is {SupabaseOptions.UrlName} right?",
        _ => $"{Name} answers {(int)answer.StatusCode}: {await Message(answer, cancellation)}",
    };

    private static async Task<string> Message(HttpResponseMessage answer, CancellationToken cancellation)
    {
        const int most = 200;
        var text = (await answer.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ");
        return text.Length <= most ? text : text[..most];
    }
}
