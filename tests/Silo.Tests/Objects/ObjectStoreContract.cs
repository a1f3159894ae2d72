using System.Text;
using Hts.Objects;

namespace Hts.Tests.Objects;

/// <summary>What every object store must do. The part size of the S3 adapter is 5 MiB here.</summary>
public abstract class ObjectStoreContract : IAsyncLifetime
{
    protected const int PartBytes = 5 << 20;

    /// <summary>Bounds every call: a store that hangs fails its test.</summary>
    protected static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;

    protected IObjectStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateStore();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task An_absent_object_is_null()
    {
        (await Store.Get("model/latest.json", Patience)).ShouldBeNull();
        (await Store.Open("model/latest.json", Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_put_is_read_back_with_its_ETag()
    {
        var etag = await Put("model/latest.json", "one");
        var found = (await Store.Get("model/latest.json", Patience)).ShouldNotBeNull();
        Text(found).ShouldBe("one");
        found.ETag.ShouldBe(etag);
        var age = DateTimeOffset.FromUnixTimeMilliseconds(found.LastModifiedTs) - TimeProvider.System.GetUtcNow();
        age.Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        await Put("model/empty", "");
        (await Store.Get("model/empty", Patience)).ShouldNotBeNull().Content.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_put_without_condition_replaces()
    {
        var first = await Put("a", "one");
        var second = await Put("a", "two, longer");
        second.ShouldNotBe(first);
        Text(await Store.Get("a", Patience)).ShouldBe("two, longer");
    }

    [Fact]
    public async Task Only_the_first_of_two_writers_creates()
    {
        await Put("model/epochs/1.json", "first", PutCondition.IfAbsent);
        var error = await Should.ThrowAsync<ObjectConflictException>(Put("model/epochs/1.json", "second", PutCondition.IfAbsent));
        error.Key.ShouldBe("model/epochs/1.json");
        error.Fault.ShouldBe(ObjectFault.Conflict);
        Text(await Store.Get("model/epochs/1.json", Patience)).ShouldBe("first");
    }

    [Fact]
    public async Task A_version_is_replaced_once()
    {
        var first = await Put("model/latest.json", "1");
        var second = await Put("model/latest.json", "2", PutCondition.IfMatch(first));
        await Should.ThrowAsync<ObjectConflictException>(Put("model/latest.json", "3", PutCondition.IfMatch(first)));
        Text(await Store.Get("model/latest.json", Patience)).ShouldBe("2");
        await Put("model/latest.json", "3", PutCondition.IfMatch(second));
    }

    [Fact]
    public async Task A_version_of_a_deleted_object_is_gone()
    {
        var etag = await Put("a", "1");
        await Store.Delete("a", Patience);
        await Should.ThrowAsync<ObjectConflictException>(Put("a", "2", PutCondition.IfMatch(etag)));
        (await Store.Get("a", Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_racing_writers_exactly_one_wins_each_round()
    {
        const int rounds = 25, writers = 4;
        await using var other = await SecondStore();
        var etag = await Put("model/latest.json", "0");
        for (var round = 1; round <= rounds; round++)
        {
            var condition = PutCondition.IfMatch(etag);
            using Barrier barrier = new(writers);
            var attempts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
            {
                // Both stores take part; the contents are equal, so that no content tells who wrote it.
                var store = writer % 2 == 0 ? Store : other.Store;
                barrier.SignalAndWait(Patience);
                try
                {
                    return await store.PutText("model/latest.json", $"{round}", condition, Patience);
                }
                catch (ObjectConflictException)
                {
                    return null;
                }
            })));
            etag = attempts.Where(won => won is not null).ShouldHaveSingleItem($"winners of round {round}")!;
        }
        Text(await Store.Get("model/latest.json", Patience)).ShouldBe($"{rounds}");
    }

    [Fact]
    public async Task A_larger_object_than_allowed_is_refused()
    {
        await Put("model/latest.json", "12345");
        var error = await Should.ThrowAsync<ObjectStoreException>(Store.Get("model/latest.json", 4, Patience));
        error.Fault.ShouldBe(ObjectFault.TooLarge);
        error.Message.ShouldContain("5 bytes");
        Text(await Store.Get("model/latest.json", 5, Patience)).ShouldBe("12345");
    }

    [Theory]
    [InlineData(PartBytes - 1)]
    [InlineData(PartBytes)]
    [InlineData(PartBytes + 1)]
    [InlineData((2 * PartBytes) + 12_345)]
    public async Task A_long_content_comes_back_byte_for_byte(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        await using ForwardStream source = new(content);
        var etag = await Store.Put("train/run_ts=2026-01-01T00:00:00Z/train.parquet", source, PutCondition.IfAbsent, Patience);
        var found = (await Store.Get("train/run_ts=2026-01-01T00:00:00Z/train.parquet", length, Patience)).ShouldNotBeNull();
        found.Content.Span.SequenceEqual(content).ShouldBeTrue();
        found.ETag.ShouldBe(etag);
        await using var opened = (await Store.Open("train/run_ts=2026-01-01T00:00:00Z/train.parquet", Patience)).ShouldNotBeNull();
        using MemoryStream copy = new();
        await opened.CopyToAsync(copy, Patience);
        copy.ToArray().AsSpan().SequenceEqual(content).ShouldBeTrue();
        await Should.ThrowAsync<ObjectConflictException>(
            Store.Put("train/run_ts=2026-01-01T00:00:00Z/train.parquet", content, PutCondition.IfAbsent, Patience));
    }

    [Fact]
    public async Task A_put_starts_at_the_streams_position_and_leaves_it_open()
    {
        using MemoryStream source = new("skip this: that"u8.ToArray());
        source.Position = "skip this: ".Length;
        await Store.Put("a", source, PutCondition.None, Patience);
        Text(await Store.Get("a", Patience)).ShouldBe("that");
        source.Position.ShouldBe(source.Length);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(PartBytes + 100)]
    public async Task A_content_that_fails_midway_leaves_the_old_one_and_no_trace(int failsAfter)
    {
        await Put("model/a", "old");
        await using ForwardStream source = new(new byte[failsAfter], new InvalidDataException("the tape tore"));
        var error = await Should.ThrowAsync<InvalidDataException>(Store.Put("model/a", source, PutCondition.None, Patience));
        error.Message.ShouldBe("the tape tore");
        Text(await Store.Get("model/a", Patience)).ShouldBe("old");
        (await Keys("")).ShouldBe(["model/a"]);
        ShouldHoldNoDraft();
    }

    [Fact]
    public async Task A_cancelled_put_leaves_the_old_one_and_no_trace()
    {
        await Put("model/a", "old");
        using CancellationTokenSource cancellation = new();
        await using ForwardStream source = new(new byte[PartBytes + 100], cancellation.Cancel);
        await Should.ThrowAsync<OperationCanceledException>(Store.Put("model/a", source, PutCondition.None, cancellation.Token));
        Text(await Store.Get("model/a", Patience)).ShouldBe("old");
        ShouldHoldNoDraft();
    }

    [Fact]
    public async Task An_open_reader_keeps_the_version_it_opened()
    {
        await Put("a", "the old content");
        await using var reader = (await Store.Open("a", Patience)).ShouldNotBeNull();
        await Put("a", "new");
        using StreamReader text = new(reader);
        (await text.ReadToEndAsync(Patience)).ShouldBe("the old content");
    }

    [Fact]
    public async Task A_listing_is_ordered_and_cut_to_its_prefix()
    {
        string[] keys = ["model/epochs/1.json", "model/epochs/10.json", "model/epochs/2.json", "model/epochs-old/1.json", "model/latest.json", "train/a"];
        foreach (var key in keys.Reverse())
            await Put(key, key);
        var inOrder = keys.Order(StringComparer.Ordinal).ToList();
        (await Keys("")).ShouldBe(inOrder);
        (await Keys("model/epochs/")).ShouldBe(["model/epochs/1.json", "model/epochs/10.json", "model/epochs/2.json"]);
        (await Keys("model/epochs/1")).ShouldBe(["model/epochs/1.json", "model/epochs/10.json"]);
        (await Keys("model/ep")).ShouldBe(inOrder.Where(k => k.StartsWith("model/ep", StringComparison.Ordinal)));
        (await Keys("model/latest.json")).ShouldBe(["model/latest.json"]);
        (await Keys("nothing/")).ShouldBeEmpty();
        await foreach (var info in Store.List("train/", Patience))
            info.Size.ShouldBe("train/a".Length);
    }

    [Fact]
    public async Task Deleting_twice_is_fine()
    {
        await Put("model/a", "1");
        await Store.Delete("model/a", Patience);
        await Store.Delete("model/a", Patience);
        (await Keys("")).ShouldBeEmpty();
        await Put("model/a", "2", PutCondition.IfAbsent);
    }

    [Fact]
    public async Task Each_key_has_its_URI_and_each_URI_its_key()
    {
        const string key = "train/run_ts=2026-01-01T00:00:00+00:00/train.parquet";
        var uri = Store.UriOf(key);
        uri.AbsoluteUri.ShouldEndWith(key);
        Store.TryKeyOf(new(uri.AbsoluteUri), out var back).ShouldBeTrue();
        back.ShouldBe(key);
        await Put(key, "x");
        (await Keys("train/")).ShouldBe([key]);
        Store.TryKeyOf(new("s3://elsewhere/train/a"), out _).ShouldBeFalse();
        Store.TryKeyOf(new("https://example.org/train/a"), out _).ShouldBeFalse();
        Store.TryKeyOf(new("file:///elsewhere/train/a"), out _).ShouldBeFalse();
        Store.TryKeyOf(new(Store.UriOf("a").AbsoluteUri + "/../../b"), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData(".locks/00.lock")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("a?b")]
    [InlineData("ä")]
    public async Task A_key_that_breaks_a_rule_is_refused_everywhere(string key)
    {
        await Refused(() => Store.Get(key, Patience));
        await Refused(() => Store.Open(key, Patience));
        await Refused(() => Put(key, "x"));
        await Refused(() => Store.Delete(key, Patience));
        Should.Throw<ObjectStoreException>(() => Store.UriOf(key)).Fault.ShouldBe(ObjectFault.BadKey);

        async Task Refused(Func<Task> call)
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(call);
            error.Fault.ShouldBe(ObjectFault.BadKey);
            error.Key.ShouldBe(key);
        }
    }

    protected static string Text(StoredObject? found) => Encoding.UTF8.GetString(found.ShouldNotBeNull().Content.Span);

    protected Task<string> Put(string key, string text, PutCondition condition = default) => Store.PutText(key, text, condition, Patience);

    protected async Task<List<string>> Keys(string prefix)
    {
        List<string> keys = [];
        await foreach (var info in Store.List(prefix, Patience))
            keys.Add(info.Key);
        return keys;
    }

    protected abstract ValueTask<IObjectStore> CreateStore();

    /// <summary>Another store over the same objects, as another process would have it.</summary>
    protected abstract ValueTask<OtherStore> SecondStore();

    /// <summary>Fails when an unfinished write left something behind.</summary>
    protected abstract void ShouldHoldNoDraft();
}
