using Hts.Bars;

namespace Hts.Tests.Strategies;

/// <summary>The strategies' definitions written down plainly over whole arrays, one timeframe for all: a check on the fast ones.</summary>
internal static class NaiveStrategies
{
    /// <summary>States of trend, mean_revert, breakout and scalper after each bar.</summary>
    public static sbyte[][] States(Bar[] bars)
    {
        var states = new sbyte[bars.Length][];
        var state = new sbyte[4];
        for (var i = 0; i < bars.Length; i++)
        {
            var (c, s, mom) = (bars[i].Close, Sigma(bars, i), i < 15 ? 0 : (bars[i].Close / bars[i - 15].Close) - 1);
            state[0] = Trend(bars, i, s, mom, state[0]);
            state[1] = Turn(state[1], Rsi(bars, i) < 20, Rsi(bars, i) > 80, Rsi(bars, i) >= 50, Rsi(bars, i) <= 50);
            if (i >= 59)
            {
                var (high, low) = (bars[(i - 50)..i].Max(b => b.High), bars[(i - 50)..i].Min(b => b.Low));
                state[2] = Turn(state[2], c > high + (1.25 * s * c), c < low - (1.25 * s * c), c < (high + low) / 2, c > (high + low) / 2);
                state[3] = Scalper(bars, i, s, mom, state[3]);
            }
            states[i] = [.. state];
        }
        return states;
    }

    private static sbyte Trend(Bar[] bars, int i, double s, double mom, sbyte state)
    {
        if (i < 59)
            return state;
        var x = (bars[(i - 19)..(i + 1)].Average(b => b.Close) / bars[(i - 59)..(i + 1)].Average(b => b.Close)) - 1;
        var b = 0.6 * s * Math.Sqrt(20);
        return Turn(state, x > b && mom >= 0, x < -b && mom <= 0, x < b / 2, x > -b / 2);
    }

    private static sbyte Scalper(Bar[] bars, int i, double s, double mom, sbyte state)
    {
        var range = bars[(i - 49)..(i + 1)];
        var (c, high, low) = (bars[i].Close, range.Max(b => b.High), range.Min(b => b.Low));
        var place = high > low ? (c - low) / (high - low) : 0.5;
        var closes = bars[(i - 59)..(i + 1)].Select(b => b.Close).ToArray();
        var deviation = Math.Sqrt(closes.Average(x => Math.Pow(x - closes.Average(), 2)));
        var fits = deviation / c >= 0.0010 && place is >= 0.35 and <= 0.65 && Math.Abs(mom) > 0.75 * s * Math.Sqrt(15);
        var beyond = place is < 0.2 or > 0.8;
        return Turn(state, fits && mom > 0, fits && mom < 0, beyond || mom <= 0, beyond || mom >= 0);
    }

    private static sbyte Turn(sbyte state, bool goLong, bool goShort, bool leaveLong, bool leaveShort)
    {
        if (goLong)
            return 1;
        if (goShort)
            return -1;
        return (state == 1 && leaveLong) || (state == -1 && leaveShort) ? (sbyte)0 : state;
    }

    private static double Sigma(Bar[] bars, int i) => i < 59
        ? double.NaN
        : Math.Sqrt(Enumerable.Range(Math.Max(0, i - 239), Math.Min(i + 1, 240))
            .Average(k => k == 0 ? 0 : Math.Pow(Math.Log(bars[k].Close / bars[k - 1].Close), 2)));

    private static double Rsi(Bar[] bars, int i)
    {
        if (i < 13)
            return 50;
        var changes = Enumerable.Range(i - 13, 14).Select(k => k == 0 ? 0 : bars[k].Close - bars[k - 1].Close).ToArray();
        var (gains, losses) = (changes.Where(d => d > 0).Sum(), -changes.Where(d => d < 0).Sum());
        return gains + losses == 0 ? 50 : 100 * gains / (gains + losses);
    }
}
