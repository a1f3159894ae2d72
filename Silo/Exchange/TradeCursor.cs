using Hts.Trades;

namespace Hts.Exchange;

/// <summary>Walks along one symbol's tape with a small read-ahead.</summary>
internal sealed class TradeCursor(ITape tape, string symbol, long fromId)
{
    private readonly Trade[] ahead = new Trade[64];
    private int at;
    private int count;
    private bool ended;

    public string Symbol { get; } = symbol;

    /// <summary>Id of the trade that <see cref="TryPeek"/> would give.</summary>
    public long NextId { get; private set; } = fromId;

    /// <returns>False at the tape's end.</returns>
    public bool TryPeek(out Trade trade)
    {
        if (at == count && !ended)
        {
            count = tape.Read(Symbol, NextId, ahead);
            at = 0;
            ended = count == 0;
        }

        trade = ended ? default : ahead[at];
        return !ended;
    }

    public void Skip()
    {
        at++;
        NextId++;
    }
}
