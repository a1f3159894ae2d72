namespace Hts.Feeds;

/// <summary>One live connection. Read by one caller at a time; the symbols may be changed meanwhile. Disposed of when neither goes on.</summary>
public interface IExchangeStream : IAsyncDisposable
{
    /// <summary>
    /// The next event; null when the connection came to an end that was announced or planned, which is no fault: connect again.
    /// Each symbol's first event is its subscription.
    /// </summary>
    /// <exception cref="ExchangeException">The connection is lost or silent, or the exchange refused a change of symbols.</exception>
    ValueTask<TradeEvent?> Next(CancellationToken cancellationToken);

    /// <summary>Carries exactly these symbols from now on, on the same connection.</summary>
    /// <exception cref="ExchangeException">The connection is lost.</exception>
    Task Carry(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken);
}
