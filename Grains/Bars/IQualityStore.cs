namespace Hts.Bars;

/// <summary>Counts what is stored, for people to see how good it is.</summary>
public interface IQualityStore
{
    /// <summary>
    /// Facts of the bars with from &lt;= ts &lt; to, Unix ms. Of hours whose bars are no longer kept the roll-ups tell, where the span
    /// has the whole hour. The cost grows with the span's bars: its caller bounds it.
    /// </summary>
    Task<BarFacts> Read(string symbol, long fromTs, long toTs, long barMs, CancellationToken cancellation);
}
