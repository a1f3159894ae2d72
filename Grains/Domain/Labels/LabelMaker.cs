using Hts.Bars;
using Hts.Strategies;

namespace Hts.Labels;

/// <summary>
/// Turns one symbol's base bars into the outcome of every window: the only place where labels of the training set and settled outcomes
/// of predictions come from. A signal at a close is filled at the next open; what stands at the decision enters at the window's first
/// open; all is forced flat at its last close, and the next window enters anew. A reversal is two fills.
/// </summary>
public sealed partial class LabelMaker
{
    private readonly StrategySet set;
    private readonly Grid grid;
    private readonly int[] activeOf;
    private readonly int[] heldSide;
    private readonly int[] position;
    private readonly double[] entry;

    public LabelMaker(StrategySet set, Grid grid)
        : this(set, grid, new StrategyBook(set, grid))
    {
    }

    private LabelMaker(StrategySet set, Grid grid, StrategyBook book)
    {
        this.set = set;
        this.grid = grid;
        Book = book;
        activeOf = [.. set.Strategies.Select(s => s is ActiveStrategy active ? IndexOf(set.Active, active) : -1)];
        heldSide = [.. set.Strategies.Select(s => s is HoldStrategy hold ? hold.Side : 0)];
        position = new int[set.Count];
        entry = new double[set.Count];
        Label = new WindowLabel(set.Count, set.ActiveCount);
    }

    /// <summary>The machines underneath.</summary>
    public StrategyBook Book { get; }

    /// <summary>The newest window: its outcome when an append just said so, else the window in progress. Reused.</summary>
    public WindowLabel Label { get; }

    /// <summary>Takes the next base bar. True when it was the last of its window: <see cref="Label"/> is the outcome until the next append.</summary>
    /// <exception cref="ArgumentException">The bar does not follow the newest one without a gap, or lies off the grid.</exception>
    public bool Append(in Bar bar) => Append(bar, missing: false);

    /// <summary>Runs on over an interval of which nothing is known: flat at the last close, and its window has no label.</summary>
    /// <exception cref="InvalidOperationException">There is no bar before it.</exception>
    public bool AppendMissing(long ts) => Append(Book.FlatAt(ts), missing: true);

    private bool Append(in Bar bar, bool missing)
    {
        Book.CheckFollows(bar.Ts);
        var first = Book.LastTs == long.MinValue;
        if (grid.IsSlotTs(bar.Ts) || first)
            Begin(bar.Ts);
        for (var i = 0; i < position.Length; i++)
        {
            var wanted = activeOf[i] >= 0 ? Book.Standing[activeOf[i]] : heldSide[i];
            if (wanted == position[i])
                continue;
            Leave(i, bar.Open);
            Enter(i, wanted, bar.Open);
        }
        Book.Append(bar);
        if (missing)
            Label.MissingBars++;
        else if (bar.Trades == 0)
            Label.EmptyBars++;
        if (!grid.IsSlotTs(bar.Ts + grid.BarMs))
            return false;
        End(bar);
        return true;
    }

    private void Begin(long ts)
    {
        var startTs = grid.SlotOf(ts);
        Label.Ts = startTs + grid.SlotMs;
        Label.EmptyBars = 0;
        Label.MissingBars = (int)((ts - startTs) / grid.BarMs);
        Label.Complete = Book.Warm;
        Book.Standing.CopyTo(Label.Standing);
        Array.Clear(position);
        Array.Clear(Label.Gross);
        Array.Clear(Label.Sides);
        Array.Clear(Label.Net);
    }

    private void End(in Bar bar)
    {
        for (var i = 0; i < position.Length; i++)
        {
            Leave(i, bar.Close);
            Label.Net[i] = Label.Gross[i] - (set.CostPerFill * Label.Sides[i]);
        }
        Label.Complete &= Label.MissingBars == 0;
    }

    private void Enter(int strategy, int side, double price)
    {
        if (side == 0)
            return;
        (position[strategy], entry[strategy]) = (side, price);
        Label.Sides[strategy]++;
    }

    private void Leave(int strategy, double price)
    {
        if (position[strategy] == 0)
            return;
        Label.Gross[strategy] += position[strategy] * ((price / entry[strategy]) - 1);
        Label.Sides[strategy]++;
        position[strategy] = 0;
    }

    private static int IndexOf(IReadOnlyList<ActiveStrategy> active, ActiveStrategy strategy)
    {
        for (var i = 0; i < active.Count; i++)
        {
            if (ReferenceEquals(active[i], strategy))
                return i;
        }
        return -1;
    }
}
