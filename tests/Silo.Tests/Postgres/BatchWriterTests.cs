using Hts.Bars;
using Hts.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hts.Tests.Postgres;

public sealed class BatchWriterTests(PostgresFixture postgres) : IAsyncLifetime
{
    private NpgsqlDataSource database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = NpgsqlDataSource.Create(await postgres.NewDatabase());

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task What_waits_while_a_batch_is_stored_goes_together_with_the_next()
    {
        var sink = new ScriptedSink();
        await using var writer = Writer(sink);
        var first = writer.Write("a", Cancellation);
        await sink.Entered.WaitAsync(Cancellation);
        var rest = Task.WhenAll(writer.Write("b", Cancellation), writer.Write("c", Cancellation), writer.Write("d", Cancellation));

        sink.Gate.Release(2);

        await Task.WhenAll(first, rest);
        sink.Stored.ShouldBe(["a", "bcd"]);
    }

    [Fact]
    public async Task A_full_queue_answers_busy_and_takes_again_what_fits_later()
    {
        var sink = new ScriptedSink();
        await using var writer = Writer(sink);
        var waiting = Enumerable.Range(0, 1000).Select(i => writer.Write($"{i},", Cancellation)).ToList();

        await Should.ThrowAsync<StoreBusyException>(() => writer.Write("x", Cancellation));

        sink.Gate.Release(1000);
        await Task.WhenAll(waiting);
        await writer.Write("y", Cancellation);
    }

    [Fact]
    public async Task Rows_outlast_an_outage_and_are_marked_as_tried_before()
    {
        var sink = new ScriptedSink();
        sink.Gate.Release(10);
        sink.Failures.Enqueue(new NpgsqlException("gone", new IOException("reset")));
        sink.Failures.Enqueue(new TimeoutException());
        await using var writer = Writer(sink);

        await writer.Write("a", Cancellation);

        sink.Stored.ShouldBe(["a"]);
        sink.Again.ShouldBe([false, true, true]);
    }

    [Fact]
    public async Task A_row_that_cannot_be_stored_fails_alone()
    {
        var sink = new ScriptedSink { Poison = "x" };
        await using var writer = Writer(sink);
        var first = writer.Write("a", Cancellation);
        await sink.Entered.WaitAsync(Cancellation);
        var writes = "bcdexfgh".Select(c => writer.Write($"{c}", Cancellation)).ToList();

        sink.Gate.Release(100);

        await Should.ThrowAsync<RowRefusedException>(() => writes[4]);
        await Task.WhenAll(writes.Where((_, i) => i != 4).Append(first));
        string.Concat(sink.Stored).ShouldBe("abcdefgh");
    }

    [Fact]
    public async Task Two_writes_of_one_row_never_share_a_batch_and_keep_their_order()
    {
        var sink = new ScriptedSink();
        await using var writer = Writer(sink);
        var first = writer.Write("a", Cancellation);
        await sink.Entered.WaitAsync(Cancellation);
        var writes = "bcbd".Select(c => writer.Write($"{c}", Cancellation)).ToList();

        sink.Gate.Release(100);

        await Task.WhenAll(writes.Append(first));
        sink.Stored.ShouldBe(["a", "bc", "bd"]);
    }

    [Fact]
    public async Task Stopping_stores_what_is_queued()
    {
        var sink = new ScriptedSink();
        var writer = Writer(sink);
        var writes = "abc".Select(c => writer.Write($"{c}", Cancellation)).ToList();
        sink.Gate.Release(100);

        await writer.DisposeAsync();

        await Task.WhenAll(writes);
        string.Concat(sink.Stored).ShouldBe("abc");
        await Should.ThrowAsync<ObjectDisposedException>(() => writer.Write("d", Cancellation));
    }

    [Fact]
    public async Task Stopping_while_the_database_is_away_fails_what_is_queued_after_the_bound()
    {
        var sink = new ScriptedSink();
        sink.Gate.Release(1000);
        foreach (var _ in Enumerable.Range(0, 1000))
            sink.Failures.Enqueue(new TimeoutException());
        var writer = Writer(sink, TimeSpan.FromMilliseconds(200));
        var write = writer.Write("a", Cancellation);

        await writer.DisposeAsync();

        await Should.ThrowAsync<Exception>(() => write);
        sink.Stored.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sessions_that_the_server_ends_do_not_lose_a_row()
    {
        var connectionString = await postgres.NewDatabase();
        await using var store = await PostgresFixture.Open(connectionString);
        var bars = Sample.Bars(1_700_000_400_000, 300);
        var ending = Enumerable.Range(0, 10).Select(async i =>
        {
            await Task.Delay(i * 10, Cancellation);
            await PostgresFixture.Execute(connectionString, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hts' AND datname = current_database()");
        }).ToList();

        await Task.WhenAll(bars.Chunk(3).Select(async (some, i) =>
        {
            await Task.Delay(i, Cancellation);
            await store.Bars.Write("BTC", some, Cancellation);
        }));
        await Task.WhenAll(ending);

        (await PostgresFixture.Scalar<long>(connectionString, "SELECT count(*) FROM hts.bars")).ShouldBe(300);
    }

    private BatchWriter<string> Writer(ScriptedSink sink, TimeSpan? stopWithin = null) => new(
        database, sink,
        new PostgresStoreOptions { QueueRows = 1000, FirstPause = TimeSpan.FromMilliseconds(1), StopWithin = stopWithin ?? TimeSpan.FromMinutes(1) },
        TimeProvider.System, NullLogger.Instance);
}
