using Hts.Load.Figures;

namespace Hts.Load.Feed;

/// <summary>The figures of one run; the README tells what each means.</summary>
internal sealed record FeedReport
{
    public required int Symbols { get; init; }

    public required double Minutes { get; init; }

    public required double TradesPerSecond { get; init; }

    public required double SecondsToLive { get; init; }

    public required long ExpectedBars { get; init; }

    public required long PublishedBars { get; init; }

    public required Spread Published { get; init; }

    /// <summary>The bar ends with the longest lags: ends of slots have predictions to make besides.</summary>
    public required IReadOnlyList<EndLag> SlowestEnds { get; init; }

    public required long StoredBars { get; init; }

    public required Spread Known { get; init; }

    public required long Revised { get; init; }

    public required long Gaps { get; init; }

    public required double DatabaseMegabytes { get; init; }

    public required double SiloCpu { get; init; }

    public required double DatabaseCpu { get; init; }

    public required double ExchangeCpu { get; init; }

    public required double LoadAverage { get; init; }

    public required Growth Resident { get; init; }

    /// <summary>The part of the resident memory that is no file's: what the program itself took.</summary>
    public required Growth Anonymous { get; init; }

    public required Growth Heap { get; init; }

    /// <summary>Managed heap right after a full collection before the first minute, MB.</summary>
    public required double LivingFirst { get; init; }

    /// <summary>The same after the last minute.</summary>
    public required double LivingLast { get; init; }

    public required IReadOnlyList<UseSample> Samples { get; init; }

    public override string ToString() =>
        $"""
        symbols            {Symbols:N0}, {TradesPerSecond:N0} trades/s, {Minutes:0.#} min; all live after {SecondsToLive:0.0} s
        bars               {ExpectedBars:N0} expected, {PublishedBars:N0} published, {StoredBars:N0} stored, {Revised:N0} revised, {Gaps:N0} gaps
        end to hub         {Published}
        slowest ends       {string.Join("; ", SlowestEnds)}
        end to known       {Known}
        processor          silo {SiloCpu:0.00}, database {DatabaseCpu:0.00}, exchange and listener {ExchangeCpu:0.00} cores; load average {LoadAverage:0.0}
        resident memory    {Resident}
        of it anonymous    {Anonymous}
        managed heap       {Heap}
        living objects     {LivingFirst:0} MB before the first minute, {LivingLast:0} MB after the last, each after a full collection
        database           {DatabaseMegabytes:0} MB
        """;
}
