using Hts.Trades;

namespace Hts.Exchange;

/// <summary>
/// A market of four symbols without end, made from a seed by <see cref="SyntheticRules"/>. Slots are walked once; a state is kept every
/// six slots (an hour) and the trades of a slot are made again whenever they are asked for, so an idle year costs about 3 MB.
/// </summary>
internal sealed class SyntheticTape : ITape
{
    private const int SlotsPerState = 6;
    private const int KeptSlots = 32;

    /// <summary>Highest part of a basis point by which trades bounce around the path.</summary>
    private const double Bounce = 0.4e-4;

    private readonly Lock gate = new();
    private readonly long seed;
    private readonly long startTs;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<SyntheticPath>[] states;
    private readonly List<long>[] firstIds;
    private readonly Dictionary<(int Symbol, long Slot), Trade[]> made = [];
    private readonly Queue<(int Symbol, long Slot)> madeOrder = new();

    /// <param name="startTs">Where history begins, Unix milliseconds, a multiple of ten minutes.</param>
    public SyntheticTape(long seed, long startTs)
    {
        if (startTs % SyntheticRules.SlotMs != 0)
            throw new ArgumentException("The beginning must be a multiple of ten minutes.", nameof(startTs));
        this.seed = seed;
        this.startTs = startTs;
        var symbols = SyntheticSymbol.All;
        Symbols = [.. symbols.Select(symbol => symbol.Name)];
        states = new List<SyntheticPath>[symbols.Count];
        firstIds = new List<long>[symbols.Count];
        for (var i = 0; i < symbols.Count; i++)
        {
            numbers.Add(symbols[i].Name, i);
            states[i] = [new SyntheticPath(symbols[i], seed, i)];
            firstIds[i] = [1];
        }
    }

    public IReadOnlyList<string> Symbols { get; }

    public long FirstTs(string symbol) => startTs;

    public long LastTs(string symbol) => long.MaxValue;

    /// <summary>
    /// The best forecast of the log return over the ten minutes from <paramref name="baseTs"/> (a multiple of ten minutes)
    /// that anybody could make who knows the rules and the past.
    /// </summary>
    public double ExpectedReturn(string symbol, long baseTs) => SlotAt(symbol, baseTs).Expected;

    /// <summary>The slot that holds <paramref name="ts"/>.</summary>
    public SyntheticSlot SlotAt(string symbol, long ts)
    {
        lock (gate)
            return Slot(numbers[symbol], SlotOf(ts));
    }

    public int Read(string symbol, long fromId, Span<Trade> into)
    {
        lock (gate)
        {
            var number = numbers[symbol];
            var id = Math.Max(fromId, 1);
            var slot = SlotOfId(number, id);
            var total = 0;
            while (total < into.Length)
            {
                var trades = TradesOf(number, slot++);
                var skip = (int)(id - trades[0].Id);
                var taken = Math.Min(into.Length - total, trades.Length - skip);
                trades.AsSpan(skip, taken).CopyTo(into[total..]);
                total += taken;
                id += taken;
            }

            return total;
        }
    }

    public long IdAt(string symbol, long ts)
    {
        lock (gate)
        {
            if (ts <= startTs)
                return 1;
            var number = numbers[symbol];
            var trades = TradesOf(number, SlotOf(ts));
            var low = 0;
            var high = trades.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (trades[middle].Ts < ts)
                    low = middle + 1;
                else
                    high = middle;
            }

            return trades[0].Id + low;
        }
    }

    private long SlotOf(long ts) => Math.Max(0, ts - startTs) / SyntheticRules.SlotMs;

    private long SlotOfId(int number, long id)
    {
        var ids = firstIds[number];
        while (ids[^1] <= id)
            Extend(number);
        var found = ids.BinarySearch(id);
        var block = found >= 0 ? found : ~found - 1;
        var slot = (long)block * SlotsPerState;
        while (Slot(number, slot) is var candidate && candidate.FirstId + candidate.Trades <= id)
            slot++;
        return slot;
    }

    private SyntheticSlot Slot(int number, long slot)
    {
        var block = (int)(slot / SlotsPerState);
        while (states[number].Count <= block)
            Extend(number);
        var path = states[number][block];
        for (var at = (long)block * SlotsPerState; ; at++)
        {
            var result = path.Step(at, Common(at));
            if (at == slot)
                return result;
        }
    }

    private void Extend(int number)
    {
        var from = (long)(states[number].Count - 1) * SlotsPerState;
        var path = states[number][^1];
        var next = 0L;
        for (var slot = from; slot < from + SlotsPerState; slot++)
        {
            var step = path.Step(slot, Common(slot));
            next = step.FirstId + step.Trades;
        }

        states[number].Add(path);
        firstIds[number].Add(next);
    }

    private double Common(long slot) => SeededRandom.For(seed, 0, slot).Normal();

    private Trade[] TradesOf(int number, long slot)
    {
        if (made.TryGetValue((number, slot), out var trades))
            return trades;
        trades = Make(number, slot);
        if (madeOrder.Count == KeptSlots * Symbols.Count)
            made.Remove(madeOrder.Dequeue());
        made.Add((number, slot), trades);
        madeOrder.Enqueue((number, slot));
        return trades;
    }

    private Trade[] Make(int number, long slot)
    {
        var symbol = SyntheticSymbol.All[number];
        var plan = Slot(number, slot);
        var random = SeededRandom.For(~seed, number + 1, slot);
        var trades = new Trade[plan.Trades];
        Span<double> times = plan.Trades <= 4096 ? stackalloc double[plan.Trades] : new double[plan.Trades];
        var sum = 0.0;
        for (var i = 0; i < times.Length; i++)
            times[i] = sum += random.Exponential();
        sum += random.Exponential();

        // A Brownian bridge from 0 at the slot's beginning to its log return at the end.
        var (at, position) = (0.0, 0.0);
        for (var i = 0; i < trades.Length; i++)
        {
            var time = times[i] / sum;
            var rest = 1 - at;
            var step = time - at;
            var mean = position + ((plan.LogReturn - position) * step / rest);
            var deviation = plan.Volatility * Math.Sqrt(step * (1 - time) / rest);
            var shock = random.Normal();
            position = mean + (deviation * shock);
            at = time;

            // Takers push the price their way: mostly buyers where it rises.
            var takerBuys = random.Uniform() < 0.5 + Math.Clamp(0.15 * shock, -0.4, 0.4);
            var price = Math.Exp(plan.LogPrice + position + (takerBuys ? Bounce : -Bounce));
            var quantity = Math.Max(1e-5, Math.Round(symbol.MeanQuantity * random.Exponential(), 5));
            trades[i] = new Trade(
                plan.FirstId + i,
                plan.FirstId + i,
                plan.FirstId + i,
                startTs + (slot * SyntheticRules.SlotMs) + Math.Min((long)(time * SyntheticRules.SlotMs), SyntheticRules.SlotMs - 1),
                Math.Max(Math.Round(price, symbol.Decimals), Math.Pow(10, -symbol.Decimals)),
                quantity,
                !takerBuys);
        }

        return trades;
    }
}
