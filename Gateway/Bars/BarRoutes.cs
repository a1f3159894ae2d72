using System.Text.Json;
using Hts.History;
using Hts.Hosting;
using Hts.Json;
using Hts.Markets;
using Hts.OpenApi;
using Hts.Problems;
using Hts.Status;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Hts.Bars;

/// <summary>History and ingest of one symbol's bars, and its holes.</summary>
internal static class BarRoutes
{
    private const int UsualLimit = 500;

    public static void MapBars(this RouteGroupBuilder symbol)
    {
        symbol.MapGet("/bars", Read).WithTags("Bars").Describe(
            "readBars", "Reads bars",
            "Bars with from <= ts < to, ascending. Without from: those of the last `limit` intervals before to that hold any. "
            + "A hole is absent bars.", 400, 404);
        symbol.MapPost("/bars", Post).WithTags("Bars").AddOpenApiOperationTransformer(DescribeRows).Describe(
            "storeBars", "Stores bars",
            "Takes bars in any order, repeats included. Each row is judged by itself; the accepted ones are durable when the answer comes.",
            400, 404, 413, 415);
        symbol.MapGet("/gaps", Gaps).WithTags("Bars").Describe(
            "listGaps", "Lists the holes", "Spans without bars, with their cause. With repaired=true also those whose bars came after all.", 400, 404);
    }

    private static async Task<Results<Ok<Page<BarView>>, ProblemHttpResult>> Read(
        string symbol, string? interval, string? from, string? to, string? limit, string? cursor,
        ClusterCalls cluster, MarketTime market, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var facts = await market.Facts();
        if (BarInterval.Ms(interval ?? BarInterval.Usual) is not { } ms)
            return Problem.Invalid("interval", $"must be one of {string.Join(", ", BarInterval.Names)}.");
        if (ms % (facts.BarSeconds * 1_000L) != 0)
            check.Fail("interval", $"must be a multiple of the bar, which is {facts.BarSeconds} s here.");
        var size = check.Limit(limit, UsualLimit, options.Value.MaxBarsPerPage);
        var end = RoundUp(check.Time("to", to) ?? market.NowMs + 1, ms);
        var given = check.Cursor(cursor) ?? check.Time("from", from);
        var start = RoundUp(given ?? end - (size * ms), ms);
        check.Ordered(start, end);
        if (check.Failed)
            return check.Problem();

        var bars = await cluster.Read(
            new BarsQuery(symbol, ms, start, end, size + 1, OrEarlier: given is null),
            static (grains, query) => grains.GetGrain<IHistoryGrain>(0).Bars(query));
        var next = bars.Count > size ? $"{bars[size].Ts}" : null;
        return TypedResults.Ok(new Page<BarView>([.. bars.Take(size).Select(BarView.From)], next));
    }

    private static async Task<Results<Ok<BarsReceipt>, ProblemHttpResult>> Post(
        string symbol, JsonElement rows, IGrainFactory grains, MarketTime market, IOptions<GatewayOptions> options)
    {
        if (rows.ValueKind != JsonValueKind.Array)
            return Problem.Invalid("body", "must be an array of bars.");
        var count = rows.GetArrayLength();
        if (count > options.Value.MaxBarsPerPost)
            return Problem.Invalid("body", $"has {count} rows; at most {options.Value.MaxBarsPerPost} are taken at once.");

        await market.Facts();
        var knownAt = market.NowMs;
        var bars = new List<BarMessage>(count);
        var places = new List<int>(count);
        var rejections = new List<BarRejection>();
        foreach (var (index, element) in rows.EnumerateArray().Index())
        {
            var row = new BarRow(element);
            var bar = row.Read(knownAt);
            if (row.Rule is { } rule)
            {
                rejections.Add(new BarRejection(index, row.Ts, rule));
                continue;
            }
            bars.Add(bar);
            places.Add(index);
        }
        var result = bars.Count == 0 ? new AppendResult(0, 0, []) : await grains.GetGrain<IMarketGrain>(symbol).Append(bars);
        rejections.AddRange(result.Rejections.Select(r => new BarRejection(places[r.Index], new UtcTime(bars[r.Index].Ts), r.Rule)));
        rejections.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        return TypedResults.Ok(new BarsReceipt(result.Accepted, result.Unchanged, rejections.Count, rejections));
    }

    private static async Task<Results<Ok<Page<GapView>>, ProblemHttpResult>> Gaps(
        string symbol, string? from, string? to, string? repaired, ClusterCalls cluster, MarketTime market)
    {
        var check = new RequestCheck();
        await market.Facts();
        var end = check.Time("to", to) ?? market.NowMs + 1;
        var start = check.Time("from", from) ?? 0;
        var all = check.Flag("repaired", repaired);
        check.Ordered(start, end);
        if (check.Failed)
            return check.Problem();
        var gaps = await cluster.Read((symbol, start, end, all), static (grains, q) => q.all
            ? grains.GetGrain<IHistoryGrain>(0).AllGaps(q.symbol, q.start, q.end)
            : grains.GetGrain<IHistoryGrain>(0).Gaps(q.symbol, q.start, q.end));
        return TypedResults.Ok(new Page<GapView>([.. gaps.Select(GapView.Of)], null));
    }

    // The rows are taken as they come, so that each can be judged by itself; the document says what they should be.
    private static async Task DescribeRows(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (operation.RequestBody?.Content?["application/json"] is { } body)
            body.Schema = await context.GetOrCreateSchemaAsync(typeof(BarInput[]), null, stop);
    }

    private static long RoundUp(long ts, long ms)
    {
        var past = ts % ms;
        return past == 0 ? ts : past > 0 ? ts - past + ms : ts - past;
    }
}
