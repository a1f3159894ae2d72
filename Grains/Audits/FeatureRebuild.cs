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
    private const long DayMs = 86_400_000;

    // Embeddings further back have been replaced by newer ones on every live shelf.
    private const long EmbeddingsBackMs = 7 * DayMs;

    /// <summary>Predictions of a symbol that are held at once.</summary>
    internal int RowsAtOnce { get; init; } = 10_000;

    /// <param name="symbols">Symbols to check.</param>
    /// <param name="fromTs">First base_ts, Unix ms UTC.</param>
    /// <param name="toTs">First base_ts that is not checked.</param>
    public async Task<RebuildReport> Run(IReadOnlyList<string> symbols, long fromTs, long toTs, CancellationToken cancellation)
    {
        var lead = await ReadLead(fromTs, toTs, cancellation);
        var report = new RebuildReport(0, 0, [], []);
        foreach (var symbol in symbols)
        {
            int read;
            var from = fromTs;
            do
            {
                var page = await ledger.Read(
                    new LedgerQuery(symbol, from, toTs, Roles.Champion, SettledOnly: false, RowsAtOnce, OldestFirst: true), cancellation);
                LedgerRow[] rows = [.. page.Select(e => e.Row).Where(r => r.FeaturesHash is not null)];
                if (rows.Length > 0)
                    report = report.Plus(await Compare(symbol, rows, lead, cancellation));
                read = page.Count;
                from = read > 0 ? page[^1].Row.BaseTs + 1 : toTs;
            }
            while (read == RowsAtOnce);
        }
        return report;
    }

    private async Task<Lead> ReadLead(long fromTs, long toTs, CancellationToken cancellation)
    {
        Dictionary<long, float[]> returns = [];
        if (schema.LeaderSymbol.Length == 0)
            return new(returns, []);
        var changes = await Walk(schema.LeaderSymbol, fromTs, toTs, cancellation, features =>
        {
            var own = new float[FeatureSchema.LeaderReturns];
            if (features.TryReadReturns(own))
                returns[features.EndTs] = own;
        });
        return new(returns, changes);
    }

    /// <param name="rows">In the order of time.</param>
    private async Task<RebuildReport> Compare(string symbol, LedgerRow[] rows, Lead lead, CancellationToken cancellation)
    {
        var (firstTs, toTs) = (rows[0].BaseTs, rows[^1].BaseTs + 1);
        // No live row had a back-filled one before it came in.
        List<EmbeddingRow> stored = [];
        await foreach (var row in embeddings.Stream(symbol, firstTs - EmbeddingsBackMs, toTs, cancellation))
            stored.Add(row with { KnownAt = row.ReceivedAt ?? row.KnownAt });
        var texts = new EmbeddingHistory(stored);
        var wanted = rows.Select(r => r.BaseTs).ToHashSet();
        Dictionary<long, float[]> markets = [];
        var changes = await Walk(symbol, firstTs, toTs, cancellation, features =>
        {
            var market = new float[schema.MarketCount];
            if (wanted.Contains(features.EndTs) && features.TryRead(market))
                markets[features.EndTs] = market;
        });
        changes.AddRange(lead.Changes);

        var changed = 0;
        List<string> differing = [];
        List<string> foreknown = [];
        foreach (var row in rows)
        {
            var market = markets.GetValueOrDefault(row.BaseTs);
            var leader = symbol == schema.LeaderSymbol ? null : lead.Returns.GetValueOrDefault(row.BaseTs);
            if (texts.Known(row.BaseTs).Any(pair => Fits(row, market, leader, pair)))
                continue;
            var name = $"{symbol} at {Timestamps.Iso(row.BaseTs)}";
            if (texts.Foreknown(row.BaseTs).Any(pair => Fits(row, market, leader, pair)))
                foreknown.Add(name);
            else if (changes.Exists(c => c.MayHaveChanged(row)))
                changed++;
            else
                differing.Add(name);
        }
        return new RebuildReport(rows.Length, changed, differing, foreknown);
    }

    /// <summary>True when the stored hash is that of the row, with the leader's returns or, where those came too late, without.</summary>
    private bool Fits(LedgerRow row, float[]? market, float[]? leader, (Embedding? A, Embedding? B) texts)
    {
        return market is not null && (Hash(leader) == row.FeaturesHash || (leader is not null && Hash(null) == row.FeaturesHash));

        string Hash(float[]? returns)
        {
            var features = new float[schema.Count];
            FeatureRow.Compose(schema, row.BaseTs, market, returns, texts.A, texts.B, features);
            return FeatureRow.Hash(features);
        }
    }

    /// <summary>Runs a symbol over its stored bars, from a stored state where there is one, and tells each slot's end.</summary>
    /// <returns>Bars that were not there at their time: revised, late or fetched later.</returns>
    private async Task<List<Change>> Walk(
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
        List<Change> changes = [];
        // What changed before the restored state may have changed that, too.
        await foreach (var stored in bars.Stream(symbol, Math.Min(since, Math.Max(0, fromTs - DayMs)), toTs, cancellation))
        {
            if (stored.Bar.Ts >= since)
                run.Take(stored.Bar);
            if (stored.Backfilled || stored.Revision > 0 || stored.KnownAt > stored.Bar.Ts + (2 * schema.Grid.BarMs))
                changes.Add(new(stored.Bar.Ts, stored.KnownAt, stored.Backfilled));
        }
        run.RunTo(toTs);
        return changes;
    }

    /// <param name="Returns">The leader's at each slot's end.</param>
    private sealed record Lead(Dictionary<long, float[]> Returns, List<Change> Changes);

    /// <summary>A bar that may not have been, at its time, what it is now.</summary>
    private readonly record struct Change(long Ts, long KnownAt, bool Backfilled)
    {
        public bool MayHaveChanged(LedgerRow row) => Ts < row.BaseTs && Ts >= row.BaseTs - DayMs && (Backfilled || KnownAt > row.CreatedAt);
    }
}
