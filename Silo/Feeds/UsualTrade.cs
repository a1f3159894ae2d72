using System.Buffers;
using System.Runtime.CompilerServices;
using Hts.Files;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// Reads a trade, raw or combined, that is written exactly as Binance writes it: the same fields in the same order without white space.
/// It declines everything else, however harmless, and leaves it to <see cref="FeedDecoder"/>'s reader of JSON; what it accepts, that
/// reader would give to the bit. Single use: a message, a reader.
/// </summary>
internal ref struct UsualTrade(ReadOnlySpan<byte> message)
{
    /// <summary>As many digits never overflow.</summary>
    private const int MostDigits = 18;

    private static readonly SearchValues<byte> OfStreams = SearchValues.Create("0123456789@_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);
    private static readonly SearchValues<byte> OfSymbols = SearchValues.Create("0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);
    private static readonly SearchValues<byte> OfDecimals = SearchValues.Create("0123456789."u8);

    private ReadOnlySpan<byte> rest = message;

    /// <returns>False when the message is not written as usual, or its values are not those of a trade; nothing is said about it then.</returns>
    public bool TryRead(out ReadOnlySpan<byte> symbol, out long eventMs, out Trade trade)
    {
        symbol = [];
        (eventMs, trade) = (0, default);
        var isCombined = Take("{\"stream\":\""u8);
        if (isCombined && !(TakeText(OfStreams, out _) && Take("\",\"data\":"u8)))
            return false;
        var isAggregate = Take("{\"e\":\"aggTrade\",\"E\":"u8);
        if (!isAggregate && !Take("{\"e\":\"trade\",\"E\":"u8))
            return false;
        if (!(TakeNumber(out eventMs) && Take(",\"s\":\""u8) && TakeText(OfSymbols, out symbol)))
            return false;
        if (!(Take(isAggregate ? "\",\"a\":"u8 : "\",\"t\":"u8) && TakeNumber(out var id)))
            return false;
        if (!(Take(",\"p\":\""u8) && TakeAmount(out var price) && Take("\",\"q\":\""u8) && TakeAmount(out var quantity) && Take("\""u8)))
            return false;
        var (first, last) = (id, id);
        if (isAggregate && !(Take(",\"f\":"u8) && TakeNumber(out first) && Take(",\"l\":"u8) && TakeNumber(out last)))
            return false;
        if (!(Take(",\"T\":"u8) && TakeNumber(out var ts) && ts > 0))
            return false;
        var isMaker = Take(",\"m\":true,\"M\":"u8);
        if (!isMaker && !Take(",\"m\":false,\"M\":"u8))
            return false;
        if (!(Take("true}"u8) || Take("false}"u8)) || (isCombined && !Take("}"u8)))
            return false;
        trade = new Trade(id, first, last, ts, price, quantity, isMaker);
        return rest.IsEmpty;
    }

    // Inlined, so that the comparison with each literal becomes a few wide ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(ReadOnlySpan<byte> literal)
    {
        if (!rest.StartsWith(literal))
            return false;
        rest = rest[literal.Length..];
        return true;
    }

    /// <summary>Up to the first other character.</summary>
    private bool TakeText(SearchValues<byte> allowed, out ReadOnlySpan<byte> text)
    {
        var length = rest.IndexOfAnyExcept(allowed);
        text = length > 0 ? rest[..length] : [];
        rest = rest[text.Length..];
        return length > 0;
    }

    /// <summary>An integer as JSON allows it: no sign and no leading zero.</summary>
    private bool TakeNumber(out long value)
    {
        value = 0;
        var length = 0;
        for (; length < rest.Length && (uint)(rest[length] - '0') <= 9; length++)
            value = (value * 10) + (rest[length] - '0');
        if (length is 0 or > MostDigits || (length > 1 && rest[0] == '0'))
            return false;
        rest = rest[length..];
        return true;
    }

    private bool TakeAmount(out double value)
    {
        value = 0;
        return TakeText(OfDecimals, out var text) && ExactDouble.TryParse(text, out value) && value > 0 && double.IsFinite(value);
    }
}
