using Hts.Bars;
using Hts.Labels;
using Hts.Strategies;
using Hts.Tests.Bars;

namespace Hts.Tests.Labels;

/// <summary>An independent reference implementation's labels, to the last state, fill and 1e-9 of return.</summary>
public class GoldenLabelTests
{
    [Fact]
    public void Minute_bars_of_a_calm_symbol() => Compare("BTCUSDT-2022-01", new Grid(60), SharedData.MinuteBars("BTCUSDT-2022-01"), rows: 4404);

    [Fact]
    public void Minute_bars_of_a_lively_symbol() => Compare("SOLUSDT-2022-01", new Grid(60), SharedData.MinuteBars("SOLUSDT-2022-01"), rows: 4404);

    [Fact]
    public void Fifteen_second_bars_made_of_trades() => Compare("BTC_JPY-2018-01-20_22", Grid.Default, SharedData.BtcJpyBars(), rows: 282);

    private static void Compare(string fixture, Grid grid, Bar[] bars, int rows)
    {
        var set = StrategySet.Default();
        var maker = new LabelMaker(set, grid);
        using var golden = SharedData.Rows($"fixtures/labels/{fixture}.csv.gz").GetEnumerator();
        var (compared, differing) = (0, new List<string>());
        foreach (var bar in bars)
        {
            if (!maker.Append(bar) || !maker.Label.Complete || !golden.MoveNext())
                continue;
            compared++;
            CompareRow(set, golden.Current, maker.Label, differing);
        }
        golden.MoveNext().ShouldBeFalse("every golden row was made");
        compared.ShouldBe(rows);
        differing.ShouldBeEmpty();
    }

    private static void CompareRow(StrategySet set, string[] golden, WindowLabel label, List<string> differing)
    {
        label.Ts.ShouldBe(SharedData.Long(golden[0]));
        label.EmptyBars.ShouldBe((int)SharedData.Long(golden[1]));
        for (var a = 0; a < set.ActiveCount; a++)
        {
            if (label.Standing[a] != SharedData.Long(golden[2 + a]))
                differing.Add($"{label.Ts} state of {set.Active[a].Name}: {label.Standing[a]}, golden {golden[2 + a]}");
        }
        for (var i = 0; i < set.Count; i++)
        {
            var at = 2 + set.ActiveCount + (3 * i);
            if (label.Sides[i] != SharedData.Long(golden[at + 1]))
            {
                differing.Add($"{label.Ts} sides of {set.Names[i]}: {label.Sides[i]}, golden {golden[at + 1]}");
                continue;
            }
            if (!(Math.Abs(label.Gross[i] - SharedData.Double(golden[at])) <= 1e-9) || !(Math.Abs(label.Net[i] - SharedData.Double(golden[at + 2])) <= 1e-9))
                differing.Add($"{label.Ts} {set.Names[i]}: gross {label.Gross[i]}, net {label.Net[i]}, golden {golden[at]}, {golden[at + 2]}");
        }
    }
}
