using CsCheck;
using Hts.Load.Feed;
using Hts.Trades;

namespace Hts.Tests.Load;

/// <summary>The market of the load generator keeps what every tape promises.</summary>
public sealed class SteadyTapeTests
{
    private const long Start = 1_700_000_400_000;

    private readonly SteadyTape tape = new(50, 1, 7, Start);

    [Fact]
    public void Ids_are_consecutive_and_times_ascend()
    {
        foreach (var symbol in tape.Symbols)
        {
            var trades = new Trade[1_000];

            tape.Read(symbol, 1, trades).ShouldBe(1_000);

            trades.Select(trade => trade.Id).ShouldBe(Enumerable.Range(1, 1_000).Select(id => (long)id));
            trades.Select(trade => trade.Ts).ShouldBeInOrder();
            trades[0].Ts.ShouldBe(tape.FirstTs(symbol));
            trades.ShouldAllBe(trade => trade.Price > 0 && trade.Quantity > 0 && trade.Ts >= Start);
        }
    }

    [Fact]
    public void A_piece_is_the_same_wherever_reading_begins() =>
        Gen.Select(Gen.Int[0, 49], Gen.Long[1, 5_000], Gen.Int[1, 300]).Sample((number, from, count) =>
        {
            var all = new Trade[from + count];
            var piece = new Trade[count];
            tape.Read(tape.Symbols[number], 1, all);
            tape.Read(tape.Symbols[number], from, piece);

            piece.ShouldBe(all.Skip((int)from - 1).Take(count));
        });

    [Fact]
    public void The_id_at_an_instant_is_that_of_the_first_trade_from_then_on() =>
        Gen.Select(Gen.Int[0, 49], Gen.Long[-1_000, 10_000_000]).Sample((number, ms) =>
        {
            var symbol = tape.Symbols[number];
            var id = tape.IdAt(symbol, Start + ms);
            var around = new Trade[2];
            tape.Read(symbol, Math.Max(1, id - 1), around);

            around[id > 1 ? 1 : 0].Ts.ShouldBeGreaterThanOrEqualTo(Start + ms);
            if (id > 1)
                around[0].Ts.ShouldBeLessThan(Start + ms);
        });

    [Fact]
    public void The_pace_is_that_of_the_symbols() => tape.TradesPerSecond.ShouldBeInRange(50 * 0.2, 50 * 2);
}
