using System.Globalization;
using Hts.Trades;

namespace Hts.Exchange.Faults;

/// <summary>Messages that a reader of trades must bear.</summary>
internal static class FaultTexts
{
    /// <summary>Well formed, of another kind or symbol.</summary>
    public static string Foreign(string symbol, in Trade trade) => (trade.Id % 6) switch
    {
        0 => Invariant($"{{\"stream\":\"{symbol.ToLowerInvariant()}@bookTicker\",\"data\":{{\"u\":{trade.Id},\"s\":\"{symbol}\",\"b\":\"1\",\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}}}}"),
        1 => Invariant($"{{\"e\":\"depthUpdate\",\"E\":{trade.Ts},\"s\":\"{symbol}\",\"U\":1,\"u\":2,\"b\":[[\"1\",\"2\"]],\"a\":[]}}"),
        2 => Invariant($"{{\"e\":\"aggTrade\",\"E\":{trade.Ts},\"s\":\"NOSUCH\",\"a\":{trade.Id},\"p\":\"1\",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":{trade.Ts},\"m\":true,\"M\":true}}"),
        3 => "[1,2,3]",
        4 => "{\"code\":3,\"msg\":\"Invalid JSON\"}",
        _ => "{\"result\":null,\"id\":987654321}",
    };

    /// <summary>Nothing that can be read.</summary>
    public static string Rubbish(in Trade trade) => trade.Id % 2 == 0
        ? "\u0001\u0002 rubbish \u007f"
        : Invariant($"{{\"e\":\"aggTrade\",\"E\":{trade.Ts},\"a\":{trade.Id},\"p\":\"NaN\",\"q\":\"1");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
