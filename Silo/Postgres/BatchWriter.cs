using System.Threading.Channels;
using Hts.Bars;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// Gathers the writes of many callers into few transactions on a connection of its own. A caller's task completes when its row
/// is durable. While the database is away, rows wait in a bounded queue and are tried again; a full queue answers busy.
/// A row that breaks a rule fails alone: the batch is halved until it is found.
/// </summary>
internal sealed partial class BatchWriter<T> : IAsyncDisposable
{
    private readonly NpgsqlDataSource database;
    private readonly IBatchSink<T> sink;
    private readonly PostgresStoreOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<Pending> queue;
    private readonly CancellationTokenSource giveUp = new();
    private readonly Task running;
    private NpgsqlConnection? connection;
    private int queuedRows;

    public BatchWriter(NpgsqlDataSource database, IBatchSink<T> sink, PostgresStoreOptions options, TimeProvider time, ILogger logger)
    {
        this.database = database;
        this.sink = sink;
        this.options = options;
        this.time = time;
        this.logger = logger;
        queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.QueueRows) { SingleReader = true });
        running = Task.Run(Run);
    }

    /// <summary>Returns when durable: true when the row was written, false when there was one already. A cancelled caller's row may still be written.</summary>
    /// <exception cref="StoreBusyException">The queue is full.</exception>
    /// <exception cref="RowRefusedException">The row breaks a rule of the database.</exception>
    public Task<bool> Write(T item, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var rows = sink.RowsOf(item);
        // One item alone is always taken: its caller bounds it.
        if (Interlocked.Add(ref queuedRows, rows) > options.QueueRows && Volatile.Read(ref queuedRows) != rows)
        {
            Interlocked.Add(ref queuedRows, -rows);
            throw new StoreBusyException(sink.Name, options.QueueRows);
        }

        var pending = new Pending(item, rows, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref queuedRows, -rows);
            ObjectDisposedException.ThrowIf(queue.Reader.Completion.IsCompleted || giveUp.IsCancellationRequested, this);
            throw new StoreBusyException(sink.Name, options.QueueRows);
        }

        return pending.Done.Task.WaitAsync(cancellation);
    }

    /// <summary>Takes no more rows and waits, within the options' bound, for the queued ones to become durable.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!queue.Writer.TryComplete())
            return;
        using var bound = time.CreateTimer(_ => giveUp.Cancel(), null, options.StopWithin, Timeout.InfiniteTimeSpan);
        await running;
        await DropConnection();
        giveUp.Dispose();
    }

    private async Task Run()
    {
        var batch = new List<Pending>();
        var keys = new HashSet<RowKey>();
        Pending? held = null;
        while (held is not null || await queue.Reader.WaitToReadAsync())
        {
            held = Gather(batch, keys, held);
            await StoreAll(batch, again: false);
        }
    }

    /// <summary>Takes what waits, up to the bound; an item whose key is in the batch already is held for the next one.</summary>
    private Pending? Gather(List<Pending> batch, HashSet<RowKey> keys, Pending? held)
    {
        batch.Clear();
        keys.Clear();
        var rows = 0;
        while (rows < options.BatchRows)
        {
            if (held is not { } next)
            {
                if (!queue.Reader.TryRead(out next!))
                    return null;
            }

            held = null;
            if (batch.Count > 0 && (rows + next.Rows > options.BatchRows || (sink.KeyOf(next.Item) is { } twin && keys.Contains(twin))))
                return next;
            if (sink.KeyOf(next.Item) is { } key)
                keys.Add(key);
            batch.Add(next);
            rows += next.Rows;
        }

        return null;
    }

    private async Task StoreAll(IReadOnlyList<Pending> batch, bool again)
    {
        var pause = options.FirstPause;
        while (true)
        {
            try
            {
                await StoreOnce(batch, again);
                return;
            }
            catch (Exception e)
            {
                await DropConnection();
                switch (giveUp.IsCancellationRequested ? Fault.Lasting : Faults.Of(e))
                {
                    case Fault.Passing:
                        again = true;
                        LogWaiting(logger, sink.Name, batch.Count, pause.TotalMilliseconds, e);
                        await PauseFor(pause);
                        pause = pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause;
                        break;
                    case Fault.Row when batch.Count > 1:
                        await StoreAll(batch.Take(batch.Count / 2).ToList(), again);
                        await StoreAll(batch.Skip(batch.Count / 2).ToList(), again);
                        return;
                    case Fault.Row:
                        Fail(batch, Refusal(e));
                        return;
                    default:
                        LogFailed(logger, sink.Name, batch.Count, e);
                        Fail(batch, e);
                        return;
                }
            }
        }
    }

    private async Task StoreOnce(IReadOnlyList<Pending> batch, bool again)
    {
        if (connection is null)
        {
            connection = await database.OpenConnectionAsync(giveUp.Token);
            await sink.Prepare(connection, giveUp.Token);
        }

        var written = new bool[batch.Count];
        await sink.Store(connection, batch.Select(p => p.Item).ToList(), written, again, giveUp.Token);
        for (var i = 0; i < batch.Count; i++)
        {
            Interlocked.Add(ref queuedRows, -batch[i].Rows);
            batch[i].Done.SetResult(written[i]);
        }
    }

    private void Fail(IReadOnlyList<Pending> batch, Exception error)
    {
        foreach (var pending in batch)
        {
            Interlocked.Add(ref queuedRows, -pending.Rows);
            pending.Done.SetException(error);
            // A caller that was cancelled no longer looks; its failure is not an unobserved one.
            _ = pending.Done.Task.Exception;
        }
    }

    private async Task PauseFor(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, time, giveUp.Token);
        }
        catch (OperationCanceledException)
        {
            // The last try follows at once and decides.
        }
    }

    private async Task DropConnection()
    {
        if (connection is null)
            return;
        var broken = connection;
        connection = null;
        // Others of the pool died with it more often than not.
        if (broken.FullState.HasFlag(System.Data.ConnectionState.Broken) || broken.State != System.Data.ConnectionState.Open)
            database.Clear();
        await broken.DisposeAsync();
    }

    private static RowRefusedException Refusal(Exception error) => error is PostgresException p
        ? new RowRefusedException(p.Detail is null ? p.MessageText : $"{p.MessageText}: {p.Detail}", error)
        : new RowRefusedException(error.Message, error);

    private sealed record Pending(T Item, int Rows, TaskCompletionSource<bool> Done);
}
