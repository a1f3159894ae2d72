using Hts.Bars;
using Hts.Embeddings;
using Hts.Features;
using Hts.Ledgers;
using Hts.Slots;
using Hts.Time;

namespace Hts.Audits;

/// <summary>
/// Makes the features of past predictions again from the tables, each from bars before its instant and embeddings known by then, and
/// compares their hash with the one that was stored with the prediction.
/// </summary>
public sealed class FeatureRebuild(IBarStore bars, ISlotStore slots, IEmbeddingStore embeddings, ILedger ledger, FeatureSchema schema)
{
    private const int RowsAtOnce = 10_000;
    private const long DayMs = 86_400_000;

    // Embeddings further back have been replaced by newer ones on every live shelf.
    private const long EmbeddingsBackMs = 7 * DayMs;

    /// <param name="symbols">Symbols to check.</param>
    /// <param name="fromTs">First base_ts, Unix ms UTC.</param>
    /// <param name="toTs">First base_ts that is not checked.</param>
    public async Task<RebuildReport> Run(IReadOnlyList<string> symbols, long fromTs, long toTs, CancellationToken cancellation)
    {
        var leading = await Leading(fromTs, toTs, cancellation);
        var report = new RebuildReport(0, 0, []);
        foreach (var symbol in symbols)
        {
            var entries = await ledger.Read(new LedgerQuery(symbol, fromTs, toTs, Roles.Champion, SettledOnly: false, RowsAtOnce), cancellation);
            var rows = entries.Select(e => e.Row).Where(r => r.FeaturesHash is not null).ToDictionary(r => r.BaseTs);
            if (rows.Count > 0)
                report = report.Plus(await Compare(symbol, rows, leading, toTs, cancellation));
        }
        return report;
    }

    private async Task<Dictionary<long, float[]>> Leading(long fromTs, long toTs, CancellationToken cancellation)
    {
        Dictionary<long, float[]> leading = [];
        if (schema.LeaderSymbol.Length > 0)
        {
            await Walk(schema.LeaderSymbol, fromTs, toTs, cancellation, features =>
            {
                var returns = new float[FeatureSchema.LeaderReturns];
                if (features.TryReadReturns(returns))
                    leading[features.EndTs] = returns;
            });
        }
        return leading;
    }

    private async Task<RebuildReport> Compare(
        string symbol, Dictionary<long, LedgerRow> rows, Dictionary<long, float[]> leading, long toTs, CancellationToken cancellation)
    {
        var firstTs = rows.Keys.Min();
        List<EmbeddingRow> known = [];
        await foreach (var row in embeddings.Stream(symbol, firstTs - EmbeddingsBackMs, toTs, cancellation))
            known.Add(row);
        Dictionary<long, float[]> markets = [];
        var changes = await Walk(symbol, firstTs, toTs, cancellation, features =>
        {
            var market = new float[schema.MarketCount];
            if (rows.ContainsKey(features.EndTs) && features.TryRead(market))
                markets[features.EndTs] = market;
        });

        var changed = 0;
        List<string> differing = [];
        foreach (var row in rows.Values.OrderBy(r => r.BaseTs))
        {
            if (markets.TryGetValue(row.BaseTs, out var market) && Fits(row, market, symbol, leading, known))
                continue;
            if (changes.Any(c => c.Ts < row.BaseTs && c.Ts >= row.BaseTs - DayMs && (c.Backfilled || c.KnownAt > row.CreatedAt))
                || known.Any(e => e.BaseTs <= row.BaseTs && e.KnownAt > row.BaseTs))
                changed++;
            else
                differing.Add($"{symbol} at {Timestamps.Iso(row.BaseTs)}");
        }
        return new RebuildReport(rows.Count, changed, differing);
    }

    /// <summary>True when the stored hash is that of the row, with the leader's returns or, where those came too late, without.</summary>
    private bool Fits(
        LedgerRow row, float[] market, string symbol, Dictionary<long, float[]> leading, List<EmbeddingRow> known)
    {
        var a = Newest(known, row.BaseTs, e => e.A);
        var b = Newest(known, row.BaseTs, e => e.B);
        var leader = symbol == schema.LeaderSymbol ? null : leading.GetValueOrDefault(row.BaseTs);
        return Hash(leader) == row.FeaturesHash || (leader is not null && Hash(null) == row.FeaturesHash);

        string Hash(float[]? returns)
        {
            var features = new float[schema.Count];
            FeatureRow.Compose(schema, row.BaseTs, market, returns, a, b, features);
            return FeatureRow.Hash(features);
        }
    }

    private static Embedding? Newest(List<EmbeddingRow> known, long baseTs, Func<EmbeddingRow, float[]?> values) => known
        .Where(e => e.BaseTs <= baseTs && e.KnownAt <= baseTs && values(e) is not null)
        .OrderByDescending(e => e.BaseTs)
        .Select(e => new Embedding(e.BaseTs, e.KnownAt, values(e)!))
        .FirstOrDefault();

    /// <summary>Runs a symbol over its stored bars, from a stored state where there is one, and tells each slot's end.</summary>
    /// <returns>Bars that were not there at their time: revised, late or fetched later.</returns>
    private async Task<List<(long Ts, long KnownAt, bool Backfilled)>> Walk(
        string symbol, long fromTs, long toTs, CancellationToken cancellation, Action<SymbolFeatures> onSlotEnd)
    {
        var run = new SymbolRun(schema, r => onSlotEnd(r.Features));
        long since = 0;
        if (await slots.ReadState(symbol, schema.Hash, fromTs - 1, cancellation) is { State.Length: > 0 } state)
        {
            var before = await bars.ReadLast(symbol, SymbolFeatures.RestoreBars(schema), state.Ts, cancellation);
            try
            {
                var restored = SymbolFeatures.Restore(schema, state.State, [.. before.Select(b => b.Bar)]);
                (run, since) = (new SymbolRun(schema, restored, r => onSlotEnd(r.Features)), state.Ts);
            }
            catch (InvalidDataException)
            {
                // The bars are the truth: without a usable state they are all run over.
                since = 0;
            }
        }
        List<(long, long, bool)> changes = [];
        await foreach (var stored in bars.Stream(symbol, since, toTs, cancellation))
        {
            run.Take(stored.Bar);
            if (stored.Backfilled || stored.Revision > 0 || stored.KnownAt > stored.Bar.Ts + (2 * schema.Grid.BarMs))
                changes.Add((stored.Bar.Ts, stored.KnownAt, stored.Backfilled));
        }
        run.RunTo(toTs);
        return changes;
    }
}
