using System.Collections.Concurrent;
using Hts.Hosting;
using Hts.Problems;
using Hts.Symbols;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

/// <summary>The newest prediction of every symbol that was asked for. Only symbols of the directory get a place.</summary>
internal sealed class LatestPredictions(KnownSymbols known, ClusterCalls cluster, TimeProvider time, IOptions<GatewayOptions> options)
{
    private readonly ConcurrentDictionary<string, LatestPrediction> symbols = new(StringComparer.Ordinal);
    private readonly TimeSpan moment = TimeSpan.FromMilliseconds(options.Value.LatestPredictionMs);

    /// <summary>The answer to a request: the prediction, or the problem that there is none.</summary>
    public ValueTask<IResult> Get(string symbol) =>
        symbols.TryGetValue(symbol, out var latest) ? latest.Get() : new ValueTask<IResult>(First(symbol));

    public void Invalidate(string symbol)
    {
        if (symbols.TryGetValue(symbol, out var latest))
            latest.Invalidate();
    }

    private async Task<IResult> First(string symbol)
    {
        if (!await known.Contains(symbol))
            return Problem.UnknownSymbol(symbol);
        return await symbols.GetOrAdd(symbol, s => new LatestPrediction(s, cluster, time, moment)).Get();
    }
}
