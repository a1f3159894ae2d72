using Hts.Drift;
using Hts.Features;
using Hts.Objects;
using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.History;

/// <summary>
/// What the newest whole day says about drift, judged from the days that all silos keep together, so that every silo answers the same.
/// It changes once a day and is read again after ten minutes.
/// </summary>
internal sealed class DriftReport(FeatureSchema schema, IObjectStore objects, IOptions<DriftOptions> options, MarketClock clock)
{
    private const long KeptMs = 600_000;

    private readonly DriftArchive archive = new(objects);
    private Kept? last;

    /// <summary>One verdict for each thing watched that has a day; the last known ones while the object storage does not answer.</summary>
    public async Task<IReadOnlyList<DriftScore>> Read(CancellationToken cancellation)
    {
        var now = clock.NowMs;
        if (last is { } known && now - known.At < KeptMs)
            return known.Scores;
        IReadOnlyList<DriftScore> scores;
        try
        {
            scores =
            [
                .. await Judge("features", schema.Hash, schema.Prices.Count, c => schema.Names[schema.Prices.Offset + c], cancellation),
                .. await Judge("errors", schema.Strategies.Hash, schema.Strategies.Count, c => schema.Strategies.Names[c], cancellation),
            ];
        }
        catch (ObjectStoreException)
        {
            // A scorecard without news of drift is worth more than none.
            scores = last?.Scores ?? [];
        }
        last = new Kept(now, scores);
        return scores;
    }

    private async Task<DriftScore[]> Judge(string watched, string channels, int count, Func<int, string> nameOf, CancellationToken cancellation)
    {
        var days = await archive.Read(watched, channels, count, cancellation);
        if (days.Count == 0)
            return [];
        var verdict = DriftTest.Judge([.. days.SkipLast(1)], days[^1], options.Value);
        return
        [
            new DriftScore(
                watched, verdict.DayTs, verdict.Days, verdict.Strangeness, verdict.PValue, nameOf(verdict.Channel), verdict.Alarm),
        ];
    }

    private sealed record Kept(long At, IReadOnlyList<DriftScore> Scores);
}
