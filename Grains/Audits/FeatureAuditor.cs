using Hts.Events;
using Hts.Symbols;
using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Audits;

/// <summary>Makes a day's live features again and writes what came of it to the status log.</summary>
internal sealed class FeatureAuditor(
    FeatureRebuild rebuild, ISymbolStore symbols, IEventStore events, EventLog log, IOptions<FeatureAuditOptions> options)
{
    /// <summary>Kind of its lines in the status log.</summary>
    public const string Kind = "audit";

    private const long DayMs = 86_400_000;
    private const int LinesBack = 500;
    private readonly FeatureAuditOptions options = options.Value;

    /// <summary>Checks the day before the given instant; nothing when its line stands already.</summary>
    public async Task Check(long nowMs, CancellationToken cancellation)
    {
        var today = nowMs - (nowMs % DayMs);
        var heading = $"Features of {Timestamps.Iso(today - DayMs)[..10]}";
        var lines = await events.Read(long.MaxValue, null, LinesBack, cancellation);
        if (lines.Any(line => line.Kind == Kind && line.Message.StartsWith(heading, StringComparison.Ordinal)))
            return;
        var report = await rebuild.Run(await Chosen(today / DayMs, cancellation), today - DayMs, today, cancellation);
        if (report.Checked == 0)
            return;
        var sentence = $"{heading}: {report.Checked} predictions made again, {report.InWords}";
        if (report.Foreknown.Concat(report.Differing).FirstOrDefault() is { } wrong)
            await log.Error(Kind, null, $"{sentence}, the first one {wrong}.");
        else
            await log.Info(Kind, null, sentence + ".");
    }

    private async Task<IReadOnlyList<string>> Chosen(long day, CancellationToken cancellation)
    {
        var names = (await symbols.List(cancellation)).Where(s => s.Active).Select(s => s.Name).Order(StringComparer.Ordinal).ToArray();
        if (names.Length <= options.Symbols)
            return names;
        var first = (int)(day * options.Symbols % names.Length);
        return [.. Enumerable.Range(0, options.Symbols).Select(i => names[(first + i) % names.Length])];
    }
}
