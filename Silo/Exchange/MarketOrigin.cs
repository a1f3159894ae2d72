using System.Text.Json;
using Hts.Bars;
using Hts.Exchange.Faults;
using Hts.Files;
using Hts.Time;

namespace Hts.Exchange;

/// <summary>
/// The built-in market of a data folder: its clock and its tape. <c>market.json</c> keeps where both began: after a restart the market
/// is the same and has gone on meanwhile, also when its clock runs at another speed from then on.
/// </summary>
internal sealed class MarketOrigin : IDisposable
{
    public const string FileName = "market.json";

    private readonly ITape whole;

    private MarketOrigin(MarketRecord record, MarketClock clock, ITape tape)
    {
        Record = record;
        Clock = clock;
        whole = tape;
        Tape = record.HaltRate > 0
            ? new HaltedTape(tape, new FaultPlan(new FaultOptions { Seed = record.HaltSeed, [FaultKind.Halt] = record.HaltRate }))
            : tape;
    }

    public MarketRecord Record { get; }

    public MarketClock Clock { get; }

    public ITape Tape { get; }

    /// <param name="report">Problems of the tape's files; they are read at the first start only.</param>
    /// <exception cref="InvalidDataException">The folder holds another market than the options ask for, or its record is damaged.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static MarketOrigin LoadOrCreate(string dataDir, TimeProvider real, MarketOptions options, Grid? grid = null, ReadReport? report = null)
    {
        options.Check();
        Directory.CreateDirectory(dataDir);
        var path = Path.Combine(dataDir, FileName);
        var known = Load(path);
        var now = real.GetUtcNow().ToUnixTimeMilliseconds();
        if (known is not null)
            CheckSame(known, options, dataDir);

        var slotMs = (grid ?? Grid.Default).SlotMs;
        var record = known ?? Create(options, now, slotMs);
        ITape tape;
        if (options.Tape is null)
        {
            tape = new SyntheticTape(record.Seed, record.StartTs);
        }
        else
        {
            var folder = TapeBuilder.Build(options.Tape, Path.Combine(dataDir, "tape"), report ?? new ReadReport());
            if (known is null)
                record = record with { ShiftMs = Shifts(folder, record.OriginMarketMs, slotMs) };
            tape = FileTape.Open(folder, record.ShiftMs);
        }

        if (known is not null && known.Speed != options.Speed)
            record = record with { OriginRealMs = now, OriginMarketMs = ClockOf(known, real).NowMs, Speed = options.Speed };
        if (record != known)
            Save(path, record);
        return new MarketOrigin(record, ClockOf(record, real), tape);
    }

    public void Dispose() => (whole as IDisposable)?.Dispose();

    private static MarketRecord Create(MarketOptions options, long realNow, long slotMs)
    {
        var daysMs = options.HistoryDays * 86_400_000L;
        var now = options.FirstSlotInSeconds is { } seconds
            ? (realNow / slotMs * slotMs) - (seconds * 1000L * options.Speed % slotMs)
            : realNow;
        var record = new MarketRecord { OriginRealMs = realNow, OriginMarketMs = now, Speed = options.Speed, HaltRate = options.HaltRate, HaltSeed = options.HaltSeed };
        return options.Tape is null
            ? record with { Seed = options.Seed, StartTs = (now - daysMs) / SyntheticRules.SlotMs * SyntheticRules.SlotMs }
            : record with { Tape = TapeBuilder.Fingerprint(options.Tape) };
    }

    private static Dictionary<string, long> Shifts(string folder, long now, long slotMs)
    {
        var shifts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var group in SpanGroups.Of(FileTape.Spans(folder)))
        {
            foreach (var symbol in group.Symbols)
                shifts.Add(symbol, group.ShiftFor(now, slotMs));
        }

        return shifts;
    }

    private static MarketClock ClockOf(MarketRecord record, TimeProvider real) => new(
        real,
        DateTimeOffset.FromUnixTimeMilliseconds(record.OriginRealMs),
        DateTimeOffset.FromUnixTimeMilliseconds(record.OriginMarketMs),
        record.Speed);

    private static void CheckSame(MarketRecord known, MarketOptions options, string dataDir)
    {
        var asked = options.Tape is null ? null : TapeBuilder.Fingerprint(options.Tape);
        if (known.Tape == asked)
            return;
        var held = known.Tape is null ? "the synthetic market" : "the market of other files";
        var wanted = options.Tape is null ? "the synthetic one" : $"that of '{options.Tape}'";
        throw new InvalidDataException($"'{dataDir}' holds {held}, not {wanted}: choose another data folder.");
    }

    private static MarketRecord? Load(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(path), MarketRecordJson.Default.MarketRecord);
            return record is { Version: 1, Speed: >= 1 and <= 600 }
                ? record
                : throw new InvalidDataException($"'{path}' is not of a version or speed that this program knows.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Whole or not at all: a crash leaves the old file.</summary>
    private static void Save(string path, MarketRecord record)
    {
        var work = path + ".tmp";
        using (var file = new FileStream(work, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, record, MarketRecordJson.Default.MarketRecord);
            file.Flush(flushToDisk: true);
        }

        File.Move(work, path, overwrite: true);
    }
}
