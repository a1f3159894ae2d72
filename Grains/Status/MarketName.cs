namespace Hts.Status;

/// <summary>What is traded here: "binance", "synthetic" or "tape".</summary>
public sealed record MarketName(string Value);
