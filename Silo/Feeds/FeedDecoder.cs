using System.Text.Json;
using Hts.Files;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// Decodes messages of Binance-compatible streams, raw or combined, without allocating. What it does not know is foreign, never an error.
/// </summary>
internal sealed class FeedDecoder
{
    private const int LongestSymbol = 32;

    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> symbols;

    /// <param name="symbols">The symbols asked for, upper case; trades of others are foreign.</param>
    public FeedDecoder(IEnumerable<string> symbols) =>
        this.symbols = symbols.ToDictionary(symbol => symbol, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public FeedMessage Decode(ReadOnlySpan<byte> message) =>
        new UsualTrade(message).TryRead(out var name, out var eventMs, out var trade) && Find(name) is { } symbol
            ? new FeedMessage(FeedMessageKind.Trade, symbol, trade, eventMs)
            : DecodeAny(message);

    /// <summary>The same for messages written in any way that JSON allows.</summary>
    internal FeedMessage DecodeAny(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new FeedMessage(reader.TokenType == JsonTokenType.StartArray ? FeedMessageKind.Foreign : FeedMessageKind.Malformed);
            return DecodeObject(ref reader);
        }
        catch (JsonException)
        {
            return new FeedMessage(FeedMessageKind.Malformed);
        }
    }

    private FeedMessage DecodeObject(ref Utf8JsonReader reader)
    {
        var fields = default(Fields);
        var depth = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                if (depth-- == 0)
                    break;
                continue;
            }

            // Combined streams wrap the event: {"stream":"…","data":{…}}. Its fields never clash with the wrapper's.
            if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                    depth++;
                else
                    reader.Skip();
                continue;
            }

            fields.Take(ref reader);
        }

        return fields.Kind switch
        {
            EventKind.AggTrade or EventKind.Trade => Trade(fields),
            EventKind.Shutdown => new FeedMessage(FeedMessageKind.Shutdown, EventMs: fields.EventMs),
            EventKind.Other => new FeedMessage(FeedMessageKind.Foreign),
            _ when fields.IsRefusal => new FeedMessage(FeedMessageKind.Refusal, Id: fields.Id),
            _ when fields.HasId => new FeedMessage(FeedMessageKind.Answer, Id: fields.Id),
            _ => new FeedMessage(FeedMessageKind.Foreign),
        };
    }

    private FeedMessage Trade(in Fields fields)
    {
        if (!fields.IsWholeTrade)
            return new FeedMessage(FeedMessageKind.Malformed);
        if (Find(fields.Symbol) is not { } symbol)
            return new FeedMessage(FeedMessageKind.Foreign);
        var trade = fields.Kind == EventKind.AggTrade
            ? new Trade(fields.AggregateId, fields.First, fields.Last, fields.Ts, fields.Price, fields.Quantity, fields.BuyerIsMaker)
            : new Trade(fields.SingleId, fields.SingleId, fields.SingleId, fields.Ts, fields.Price, fields.Quantity, fields.BuyerIsMaker);
        return new FeedMessage(FeedMessageKind.Trade, symbol, trade, fields.EventMs);
    }

    /// <returns>Null when the symbol was not asked for.</returns>
    private string? Find(ReadOnlySpan<byte> symbol)
    {
        Span<char> name = stackalloc char[LongestSymbol];
        if (symbol.Length > name.Length)
            return null;
        for (var i = 0; i < symbol.Length; i++)
            name[i] = (char)symbol[i];
        return symbols.TryGetValue(name[..symbol.Length], out var known) ? known : null;
    }

    private enum EventKind
    {
        None,
        AggTrade,
        Trade,
        Shutdown,
        Other,
    }

    private ref struct Fields
    {
        private const int OfEveryTrade = Seen.EventMs | Seen.Symbol | Seen.Ts | Seen.Price | Seen.Quantity | Seen.Maker;
        private const int OfAggregate = OfEveryTrade | Seen.AggregateId | Seen.First | Seen.Last;
        private const int OfSingle = OfEveryTrade | Seen.SingleId;

        public EventKind Kind;
        public ReadOnlySpan<byte> Symbol;
        public long EventMs;
        public long AggregateId;
        public long SingleId;
        public long First;
        public long Last;
        public long Ts;
        public double Price;
        public double Quantity;
        public bool BuyerIsMaker;
        public long Id;
        public bool HasId;
        public bool IsRefusal;
        private int seen;

        public readonly bool IsWholeTrade
        {
            get
            {
                var needed = Kind == EventKind.AggTrade ? OfAggregate : OfSingle;
                return (seen & needed) == needed && Price > 0 && Quantity > 0 && Ts > 0;
            }
        }

        /// <summary>Takes the property that the reader stands on; values of unknown ones are skipped.</summary>
        public void Take(ref Utf8JsonReader reader)
        {
            var name = reader.ValueSpan;
            if (name.Length != 1)
            {
                TakeOther(ref reader, name);
                return;
            }

            var letter = name[0];
            reader.Read();
            switch (letter)
            {
                case (byte)'e': Kind = KindOf(ref reader); break;
                case (byte)'E': Number(ref reader, Seen.EventMs, ref EventMs); break;
                case (byte)'a': Number(ref reader, Seen.AggregateId, ref AggregateId); break;
                case (byte)'t': Number(ref reader, Seen.SingleId, ref SingleId); break;
                case (byte)'f': Number(ref reader, Seen.First, ref First); break;
                case (byte)'l': Number(ref reader, Seen.Last, ref Last); break;
                case (byte)'T': Number(ref reader, Seen.Ts, ref Ts); break;
                case (byte)'p': Decimal(ref reader, Seen.Price, ref Price); break;
                case (byte)'q': Decimal(ref reader, Seen.Quantity, ref Quantity); break;
                case (byte)'s' when reader.TokenType == JsonTokenType.String:
                    Symbol = reader.ValueSpan;
                    seen |= Seen.Symbol;
                    break;
                case (byte)'m' when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    BuyerIsMaker = reader.TokenType == JsonTokenType.True;
                    seen |= Seen.Maker;
                    break;
                default: reader.Skip(); break;
            }
        }

        private static EventKind KindOf(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                return EventKind.Other;
            }

            if (reader.ValueTextEquals("aggTrade"u8))
                return EventKind.AggTrade;
            if (reader.ValueTextEquals("trade"u8))
                return EventKind.Trade;
            return reader.ValueTextEquals("serverShutdown"u8) ? EventKind.Shutdown : EventKind.Other;
        }

        private void TakeOther(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
        {
            var isId = name.SequenceEqual("id"u8);
            IsRefusal |= name.SequenceEqual("error"u8) || name.SequenceEqual("code"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.Number)
                HasId = reader.TryGetInt64(out Id);
            else
                reader.Skip();
        }

        private void Number(ref Utf8JsonReader reader, int field, ref long value)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value) && value >= 0)
                seen |= field;
            else
                reader.Skip();
        }

        private void Decimal(ref Utf8JsonReader reader, int field, ref double value)
        {
            if (reader.TokenType == JsonTokenType.String && ExactDouble.TryParse(reader.ValueSpan, out value) && double.IsFinite(value))
                seen |= field;
            else
                reader.Skip();
        }
    }

    /// <summary>Bits for the fields that were read.</summary>
    private static class Seen
    {
        public const int EventMs = 1;
        public const int Symbol = 2;
        public const int AggregateId = 4;
        public const int SingleId = 8;
        public const int First = 16;
        public const int Last = 32;
        public const int Ts = 64;
        public const int Price = 128;
        public const int Quantity = 256;
        public const int Maker = 512;
    }
}
