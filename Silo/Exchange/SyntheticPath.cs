namespace Hts.Exchange;

/// <summary>One symbol's walk from slot to slot. It is small, so it can be kept at intervals and walked again from there.</summary>
internal struct SyntheticPath
{
    private readonly SyntheticSymbol symbol;
    private readonly long seed;
    private readonly int number;
    private double logPrice;
    private double slowMean;
    private double trend;
    private long nextId;
    private Regime regime;

    public SyntheticPath(SyntheticSymbol symbol, long seed, int number)
    {
        this.symbol = symbol;
        this.seed = seed;
        this.number = number;
        logPrice = Math.Log(symbol.Price);
        slowMean = logPrice;
        nextId = 1;
        regime = (Regime)(number % 4);
    }

    /// <summary>The slot that comes next, and steps over it.</summary>
    /// <param name="slot">Its number from the market's beginning.</param>
    /// <param name="common">The move of the factor that all symbols share, standard normal.</param>
    public SyntheticSlot Step(long slot, double common)
    {
        var random = SeededRandom.For(seed, number + 1, slot);
        if (random.Uniform() < SyntheticRules.RegimeEnds)
            regime = (Regime)(int)(random.Uniform() * 4);
        var volatility = SyntheticRules.Volatility(regime) * symbol.VolatilityScale;
        var expected = Foreseen(volatility);
        var noise = (symbol.Beta * common) + (Math.Sqrt(1 - (symbol.Beta * symbol.Beta)) * random.Normal());
        var move = expected + (volatility * noise);
        var mean = SyntheticRules.TradesPerSecond(regime) * symbol.TradesScale * (SyntheticRules.SlotMs / 1000);
        var trades = Math.Max(1, (int)Math.Round(mean + (Math.Sqrt(mean) * random.Normal())));
        var result = new SyntheticSlot(nextId, trades, logPrice, expected, move, volatility, regime);

        nextId += trades;
        logPrice += move;
        slowMean += SyntheticRules.MeanWeight * (logPrice - slowMean);
        trend += SyntheticRules.TrendWeight * ((move / volatility) - trend);
        return result;
    }

    private readonly double Foreseen(double volatility)
    {
        var pull = SyntheticRules.HomePull * (Math.Log(symbol.Price) - logPrice);
        var signal = regime switch
        {
            // The mean of past moves is a third of a move in size: scaled up, it counts like the stretch.
            Regime.Trending => Math.Clamp(trend * 2.5, -SyntheticRules.Limit, SyntheticRules.Limit),
            Regime.Reverting => Math.Clamp((slowMean - logPrice) / volatility, -SyntheticRules.Limit, SyntheticRules.Limit),
            _ => 0,
        };
        return pull + (SyntheticRules.Foresight * volatility * signal);
    }
}
