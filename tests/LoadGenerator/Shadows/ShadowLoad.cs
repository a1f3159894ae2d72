using System.Diagnostics;
using Hts.Bars;
using Hts.Features;
using Hts.Load.Hosting;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;

namespace Hts.Load.Shadows;

/// <summary>
/// Ticks of three kinds in turn through the real predictors, the inference engine and PostgreSQL. A tick is a slot's prediction and, two
/// minutes of the market's time after its end, its settlement. Costs are compared within a round, so that the machine's mood cancels out.
/// </summary>
internal sealed class ShadowLoad(int symbolCount, int shadowed, int rounds)
{
    private const long StartMs = 1_772_409_600_000;
    private const int SettleDelayMs = 121_000;

    private readonly string[] symbols = [.. Enumerable.Range(0, symbolCount).Select(i => $"S{i}")];
    private readonly Random random = new(1);
    private readonly double[] prices = [.. Enumerable.Repeat(100.0, symbolCount)];
    private long nextBar = StartMs;

    public async Task<int> Run(CancellationToken cancellation)
    {
        using var folder = new TempFolder();
        await using var silo = await TickSilo.Start(folder.Path, StartMs, cancellation);
        await Prepare(silo, cancellation);
        int[] kinds = [0, shadowed, symbolCount];
        var costs = new Dictionary<int, List<TickCost>>();
        // The first two rounds load models, make plans and compile: not counted.
        for (var round = -2; round < rounds; round++)
            foreach (var kind in kinds)
            {
                silo.ShadowSymbols = kind;
                var cost = await Tick(silo, folder.Path, cancellation);
                if (round < 0)
                    continue;
                if (!costs.TryGetValue(kind, out var list))
                    costs[kind] = list = [];
                list.Add(cost);
            }
        Print(costs);
        return 0;
    }

    private async Task Prepare(TickSilo silo, CancellationToken cancellation)
    {
        var schema = silo.Service<FeatureSchema>();
        var warmSlots = (schema.WarmupBars / schema.Grid.BarsPerSlot) + 2;
        Console.Error.WriteLine($"{warmSlots} slots of bars for {symbolCount} symbols");
        const int atOnce = 12;
        for (var slot = 0; slot < warmSlots; slot += atOnce)
            await AppendSlots(silo, schema.Grid, atOnce);
        foreach (var symbol in symbols)
        {
            await silo.Store.Symbols.Add(symbol, nextBar, 10_000, cancellation);
            await silo.Store.Symbols.StartSpan(symbol, nextBar + schema.Grid.SlotMs, cancellation);
        }
        await silo.AddModel("m1", "mlp", RandomModel.Artefact(schema, 1, MemberKinds.Mlp), cancellation);
        await silo.AddModel("m2", "ridge", RandomModel.Artefact(schema, 2, MemberKinds.Ridge), cancellation);
        await silo.AddModel("m3", "average", RandomModel.Artefact(schema, 3, MemberKinds.Ridge, MemberKinds.Mlp), cancellation);
        var refusal = (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage("m3", "measured"))).Refusal;
        if (refusal is not null)
            throw new InvalidOperationException(refusal);
        await Task.WhenAll(symbols.Select(symbol => silo.Grains.GetGrain<IStrategyPredictorGrain>(symbol).Start()));
    }

    /// <summary>Two slots of one kind; counted is the second one with the settlement of the first.</summary>
    private async Task<TickCost> Tick(TickSilo silo, string folder, CancellationToken cancellation)
    {
        await Predict(silo, cancellation);
        await Settle(silo);
        silo.Ledger.TakeCounts();
        var grid = silo.Service<Grid>();
        await AppendSlots(silo, grid, 1);
        var before = Cpu(folder);
        var began = Stopwatch.GetTimestamp();
        await All(silo);
        var predicted = Cpu(folder);
        var championMs = Stopwatch.GetElapsedTime(began, silo.Ledger.LastChampion).TotalMilliseconds;
        await Settle(silo);
        var (rows, settled) = silo.Ledger.TakeCounts();
        return new TickCost(rows, settled, championMs, predicted - before, Cpu(folder) - predicted);
    }

    private async Task Predict(TickSilo silo, CancellationToken cancellation)
    {
        await AppendSlots(silo, silo.Service<Grid>(), 1);
        await All(silo);
        await silo.Service<ShadowLineUp>().Refreshed.WaitAsync(cancellation);
    }

    private Task Settle(TickSilo silo)
    {
        silo.Time.Set(nextBar + SettleDelayMs);
        return All(silo);
    }

    // What the reminder does, awaited: the feed's word at a slot's end is one-way.
    private Task All(TickSilo silo) =>
        Task.WhenAll(symbols.Select(symbol => silo.Grains.GetGrain<IStrategyPredictorGrain>(symbol).Cast<IRemindable>().ReceiveReminder("slot", default)));

    /// <summary>Gives every symbol the bars of the next slots and sets the clock to their end.</summary>
    private async Task AppendSlots(TickSilo silo, Grid grid, int slots)
    {
        var count = slots * grid.BarsPerSlot;
        silo.Time.Set(nextBar + (count * grid.BarMs));
        var walks = symbols.Select((_, i) => Walk(i, grid, count)).ToArray();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, symbolCount), async (i, _) => await silo.Grains.GetGrain<IMarketGrain>(symbols[i]).Append(walks[i]));
        nextBar += count * grid.BarMs;
    }

    private BarMessage[] Walk(int symbol, Grid grid, int count)
    {
        var bars = new BarMessage[count];
        for (var i = 0; i < count; i++)
        {
            var open = prices[symbol];
            var close = prices[symbol] *= Math.Exp((random.NextDouble() + random.NextDouble() - 1) * 0.002);
            var ts = nextBar + (i * grid.BarMs);
            bars[i] = new BarMessage(
                ts, open, Math.Max(open, close), Math.Min(open, close), close, 5, 2, 3, (ts - StartMs) / grid.BarMs * 3, ts + grid.BarMs, 0);
        }
        return bars;
    }

    private static double Cpu(string folder) => ProcessUse.Cpu(Environment.ProcessId) + ProcessUse.DatabaseCpu(folder);

    private void Print(Dictionary<int, List<TickCost>> costs)
    {
        var plain = costs[0];
        Console.WriteLine("| shadowed symbols | rows | settled | last champion durable, ms, median | ratio | processor, ms: predict + settle, median | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (kind, list) in costs)
        {
            var champion = Median(list.Zip(plain, (cost, without) => cost.ChampionMs / without.ChampionMs));
            var cpu = Median(list.Zip(plain, (cost, without) => cost.Cpu / without.Cpu));
            Console.WriteLine(FormattableString.Invariant(
                $"| {kind} of {symbolCount} | {list[^1].Rows} | {list[^1].Settled} | {Median(list.Select(c => c.ChampionMs)):0} | {champion:0.00} | {Median(list.Select(c => c.PredictCpu)) * 1000:0} + {Median(list.Select(c => c.SettleCpu)) * 1000:0} | {cpu:0.00} |"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
