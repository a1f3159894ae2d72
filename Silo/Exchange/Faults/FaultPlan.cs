namespace Hts.Exchange.Faults;

/// <summary>
/// Decides by a seed which trade, request or hour meets which fault, the same in every run, and counts what happened. Thread-safe.
/// </summary>
internal sealed class FaultPlan(FaultOptions options)
{
    private const string Requests = "";

    private readonly long[] counts = new long[Enum.GetValues<FaultKind>().Length];
    private long asked;

    public FaultOptions Options => options;

    /// <summary>True for no further faults; halts, which belong to the market, stay.</summary>
    public bool IsCalm { get; set; }

    /// <summary>How often a fault happened so far.</summary>
    public long this[FaultKind kind] => Interlocked.Read(ref counts[(int)kind]);

    /// <summary>True when a trade, hour or the like meets the fault; counts it then.</summary>
    public bool Hits(FaultKind kind, string symbol, long number)
    {
        if ((IsCalm && kind != FaultKind.Halt) || options[kind] <= 0 || Draw(kind, symbol, number).Uniform() >= options[kind])
            return false;
        Interlocked.Increment(ref counts[(int)kind]);
        return true;
    }

    /// <summary>The same for the next request or attempt, whichever comes.</summary>
    public bool HitsNext(FaultKind kind) => Hits(kind, Requests, Interlocked.Increment(ref asked));

    /// <summary>Numbers that say how a fault looks, apart from whether it happens.</summary>
    public SeededRandom Shape(FaultKind kind, string symbol, long number)
    {
        var random = Draw(kind, symbol, number);
        random.Uniform();
        return random;
    }

    private SeededRandom Draw(FaultKind kind, string symbol, long number)
    {
        // FNV-1a: the hash of a string differs from process to process.
        var key = 14695981039346656037UL;
        foreach (var letter in symbol)
            key = (key ^ letter) * 1099511628211UL;
        return SeededRandom.For(options.Seed + (long)(key >> 8), (long)kind + 1, number);
    }
}
