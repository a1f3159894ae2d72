using System.Collections.Concurrent;
using Hts.Postgres;
using Npgsql;

namespace Hts.Tests.Postgres;

/// <summary>Stores texts in memory, one batch per release of its gate, failing as told.</summary>
internal sealed class ScriptedSink : IBatchSink<string>
{
    public SemaphoreSlim Gate { get; } = new(0);

    /// <summary>Released whenever a batch arrives at the gate.</summary>
    public SemaphoreSlim Entered { get; } = new(0);

    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>An item that no database would take.</summary>
    public string? Poison { get; init; }

    public List<string> Stored { get; } = [];

    public List<bool> Again { get; } = [];

    public string Name => "texts";

    public RowKey? KeyOf(string item) => new RowKey(item, 0);

    public int RowsOf(string item) => 1;

    public Task Prepare(NpgsqlConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    public async Task Store(NpgsqlConnection connection, IReadOnlyList<string> batch, bool[] written, bool again, CancellationToken cancellation)
    {
        Entered.Release();
        await Gate.WaitAsync(cancellation);
        Again.Add(again);
        if (Failures.TryDequeue(out var failure))
            throw failure;
        if (Poison is not null && batch.Contains(Poison))
            throw new PostgresException("breaks a rule", "ERROR", "ERROR", PostgresErrorCodes.CheckViolation);
        Stored.Add(string.Concat(batch));
        Array.Fill(written, true);
    }
}
