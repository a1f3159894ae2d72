using Npgsql;

namespace Hts.Postgres;

/// <summary>What a <see cref="BatchWriter{T}"/> does with a batch.</summary>
internal interface IBatchSink<T>
{
    /// <summary>Plural noun for messages, such as "bars".</summary>
    string Name { get; }

    /// <summary>Two items of one key never share a batch; null where the sink itself merges equal rows.</summary>
    RowKey? KeyOf(T item);

    int RowsOf(T item);

    /// <summary>Once for each new connection: makes its staging table.</summary>
    Task Prepare(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Stores the batch, durable on return. A try that broke off may have stored a part of it: repeating it must change nothing.</summary>
    /// <param name="written">To be set per item: did it write its row, or was there one already.</param>
    /// <param name="again">True when an earlier try of these items broke off and may have been committed.</param>
    Task Store(NpgsqlConnection connection, IReadOnlyList<T> batch, bool[] written, bool again, CancellationToken cancellation);
}
