namespace Hts.Trades;

/// <summary>What an interval takes over from the bar before it.</summary>
/// <param name="Close">Its close; 0 before the first.</param>
/// <param name="LastTradeId">Highest trade id up to its end.</param>
internal readonly record struct Carry(double Close, long LastTradeId)
{
    public static Carry None => default;

    public bool HasPrice => Close > 0;
}
