namespace Hts.Events;

/// <summary>Durable status log.</summary>
public interface IEventStore
{
    /// <summary>Stores the event and returns it with its id.</summary>
    Task<EventRow> Write(EventRow row, CancellationToken cancellation);

    /// <summary>Events with id &lt; <paramref name="beforeId"/>, newest first.</summary>
    Task<IReadOnlyList<EventRow>> Read(long beforeId, string? symbol, int limit, CancellationToken cancellation);
}
