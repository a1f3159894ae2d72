using Hts.Json;

namespace Hts.Bars;

/// <summary>A row to post; describes the body in the API document. Each row is read by itself (<see cref="BarRow"/>).</summary>
internal sealed record BarInput(
    UtcTime Ts, double Open, double High, double Low, double Close, double Volume, double TakerBuyVolume, int Trades);
