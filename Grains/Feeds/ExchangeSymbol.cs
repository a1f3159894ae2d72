namespace Hts.Feeds;

/// <summary>A traded pair as the exchange lists it.</summary>
/// <param name="Status">The exchange's own word, for example TRADING or BREAK.</param>
public sealed record ExchangeSymbol(string Name, string BaseAsset, string QuoteAsset, string Status)
{
    public bool IsTrading => Status == "TRADING";
}
