using Hts.Bars;

namespace Hts.Feeds;

/// <summary>Stored holes that a feed passes again after a restart: they stay holes, except where trades turn up within them.</summary>
internal sealed class HoleMarks(Grid grid, IEnumerable<Gap> gaps)
{
    private readonly LinkedList<Hole> ahead = new(gaps.Select(g => new Hole(g.FromTs, g.ToTs)).OrderBy(h => h.FromTs));

    /// <summary>The next hole that lies before the bar of an instant at which there is a trade, or before which all is known.</summary>
    public bool TryPass(long ms, out Hole hole)
    {
        var barTs = grid.BarOf(ms);
        while (ahead.First is { } first && first.Value.FromTs <= barTs)
        {
            var (from, to) = first.Value;
            ahead.RemoveFirst();
            // The part behind the instant's own bar is still to come.
            if (to > barTs + grid.BarMs)
                ahead.AddFirst(new Hole(barTs + grid.BarMs, to));
            if (from < barTs)
            {
                hole = new Hole(from, Math.Min(to, barTs));
                return true;
            }
        }
        hole = default;
        return false;
    }
}
