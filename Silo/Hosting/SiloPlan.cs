using Hts.Exchange;
using Hts.Exchange.Faults;

namespace Hts.Hosting;

/// <summary>What a silo process runs on.</summary>
/// <param name="Port">Port of the gateway; null takes the configured one.</param>
/// <param name="Faults">Those of the built-in exchange.</param>
/// <param name="BuiltIn">The built-in exchange's market; null for Binance.</param>
internal sealed record SiloPlan(DataFolder Data, int? Port, MarketOptions? BuiltIn, FaultOptions? Faults = null);
