using Hts.Json;
using Hts.Markets;

namespace Hts.Bars;

/// <summary>A bar; ts is its open time. Zero trades mark a known quiet interval.</summary>
internal sealed record BarView(
    UtcTime Ts, double Open, double High, double Low, double Close, double Volume, double TakerBuyVolume, int Trades)
{
    public static BarView From(BarMessage m) => new(new UtcTime(m.Ts), m.Open, m.High, m.Low, m.Close, m.Volume, m.TakerBuyVolume, m.Trades);
}
