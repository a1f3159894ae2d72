using System.Globalization;
using System.Net;
using System.Text.Json;
using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Feeds;

/// <summary>REST calls with the exchange's rules of conduct: the weight budget, waiting after a 429, silence after a 418.</summary>
internal sealed partial class BinanceRest(
    IHttpClientFactory clients,
    MarketClock clock,
    TimeProvider real,
    IOptions<FeedOptions> options,
    ILogger<BinanceRest> log)
{
    public const string ClientName = "exchange";

    private const string WeightHeader = "X-MBX-USED-WEIGHT-1M";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan QuietByDefault = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BanByDefault = TimeSpan.FromMinutes(2);

    private readonly WeightBudget budget = new(options.Value.WeightPerMinute, options.Value.BackgroundShare, clock);

    public delegate T Parse<T>(ReadOnlySpan<byte> body);

    /// <param name="pathAndQuery">Below the base address, beginning with a slash.</param>
    /// <exception cref="ExchangeException">The exchange refused, or did not answer in time after all repetitions.</exception>
    public async Task<T> Get<T>(string pathAndQuery, int weight, Urgency urgency, Parse<T> parse, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            await budget.Spend(weight, urgency, cancellationToken);
            try
            {
                return await GetOnce(pathAndQuery, parse, cancellationToken);
            }
            catch (ExchangeException failure) when (IsTransient(failure) && attempt < options.Value.Retries)
            {
                LogRepeated(log, pathAndQuery, failure.Message, attempt + 1);
                // After a 429 the budget itself waits as long as the exchange asked.
                if (failure.Fault == ExchangeFault.Unreachable)
                    await Task.Delay(FirstPause * (1 << attempt), real, cancellationToken);
            }
        }
    }

    private static bool IsTransient(ExchangeException failure) => failure.Fault is ExchangeFault.Unreachable or ExchangeFault.RateLimited;

    private async Task<T> GetOnce<T>(string pathAndQuery, Parse<T> parse, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.GetAsync(options.Value.RestUrl.TrimEnd('/') + pathAndQuery, timeout.Token);
            var body = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            if (response.Headers.TryGetValues(WeightHeader, out var values)
                && int.TryParse(values.First(), CultureInfo.InvariantCulture, out var used))
                budget.Report(used);
            return response.IsSuccessStatusCode ? parse(body) : throw Refusal(response, body, pathAndQuery);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExchangeException(ExchangeFault.Unreachable, $"{Base} did not answer within {options.Value.TimeoutSeconds} s.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new ExchangeException(ExchangeFault.Unreachable, $"{Base} cannot be reached: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ExchangeException(ExchangeFault.Malformed, $"The answer of {Base}{pathAndQuery} could not be read: {failure.Message}", failure);
        }
    }

    private string Base => options.Value.RestUrl;

    private ExchangeException Refusal(HttpResponseMessage response, byte[] body, string pathAndQuery)
    {
        var (code, text) = BinanceJson.Error(body);
        var message = $"{Base}{pathAndQuery} answered {(int)response.StatusCode}{(text.Length > 0 ? $": {text} ({code})" : ".")}";
        var pause = response.Headers.RetryAfter?.Delta;
        switch ((int)response.StatusCode)
        {
            case 429:
                budget.KeepQuiet(pause ?? QuietByDefault);
                LogQuiet(log, (pause ?? QuietByDefault).TotalSeconds);
                return new ExchangeException(ExchangeFault.RateLimited, message) { Code = code };
            case 418 or (int)HttpStatusCode.Forbidden:
                budget.Ban(pause ?? BanByDefault);
                LogBanned(log, (pause ?? BanByDefault).TotalSeconds);
                return new ExchangeException(ExchangeFault.Banned, message) { Code = code };
            case >= 500:
                return new ExchangeException(ExchangeFault.Unreachable, message) { Code = code };
            default:
                return new ExchangeException(ExchangeFault.Rejected, message) { Code = code };
        }
    }
}
