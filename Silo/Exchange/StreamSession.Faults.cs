using System.Net.WebSockets;
using System.Text;
using Hts.Exchange.Faults;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>What a session with faults sends in the place of its trades.</summary>
internal sealed partial class StreamSession
{
    private readonly List<FaultyMessage> faulty = [];

    private async ValueTask SendFaulty(TradeStream stream, Trade trade, CancellationToken over)
    {
        await SendHeld(trade.Ts, over);
        faulty.Clear();
        faults!.Take(stream, trade, faulty);
        await SendAll(over);
    }

    private async ValueTask SendHeld(long nowMs, CancellationToken over)
    {
        faulty.Clear();
        faults!.Release(nowMs, faulty);
        await SendAll(over);
    }

    private async ValueTask SendAll(CancellationToken over)
    {
        foreach (var message in faulty)
        {
            if (message.Stream is { } of)
                await SendTrade(of, message.Trade, over);
            else
                await Send(socket.SendAsync(Encoding.UTF8.GetBytes(message.Text!), WebSocketMessageType.Text, true, over));
        }
    }
}
