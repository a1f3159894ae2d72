using Amazon.Runtime;
using Hts.Objects;
using Hts.S3Double;

namespace Hts.Tests.Objects;

public sealed class S3ObjectStoreTests : ObjectStoreContract
{
    private const string Bucket = "landing";
    private readonly List<string> operations = [];
    private S3Server server = null!;

    private S3Bucket Stored => server.Buckets[Bucket];

    public override async ValueTask DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Objects_stand_below_the_prefix_without_any_framing()
    {
        await Put("model/latest.json", "{}");
        Stored.Keys.ShouldBe(["some/prefix/model/latest.json"]);
        Stored.Find("some/prefix/model/latest.json")!.Content.ShouldBe("{}"u8.ToArray());
        Store.UriOf("model/latest.json").AbsoluteUri.ShouldBe("s3://landing/some/prefix/model/latest.json");
    }

    [Fact]
    public async Task A_listing_goes_on_over_its_pages_and_leaves_out_foreign_names()
    {
        server.PageSize = 2;
        for (var i = 0; i < 5; i++)
            await Put($"model/epochs/{i}.json", "x");
        S3Blob foreign = new("x"u8.ToArray(), "\"x\"", DateTimeOffset.UnixEpoch, []);
        Stored.Put("some/prefix/model/epochs/with space", foreign);
        Stored.Put("some/prefix-of-another/model/epochs/9.json", foreign);
        Record();
        (await Keys("model/")).ShouldBe([.. Enumerable.Range(0, 5).Select(i => $"model/epochs/{i}.json")]);
        operations.ShouldBe(["ListObjectsV2", "ListObjectsV2", "ListObjectsV2"]);
    }

    [Fact]
    public async Task A_long_content_goes_in_parts()
    {
        Record();
        await Store.Put("train/a", new byte[(2 * PartBytes) + 1], PutCondition.None, Patience);
        operations.ShouldBe(["CreateMultipartUpload", "UploadPart", "UploadPart", "UploadPart", "CompleteMultipartUpload"]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(PartBytes + 10)]
    public async Task A_write_whose_answer_was_lost_is_known_as_ones_own(int length)
    {
        FailOnce("PutObject", S3Fault.LostAnswer);
        if (length > PartBytes)
            FailOnce("CompleteMultipartUpload", S3Fault.LostAnswer);
        var content = new byte[length];
        var etag = await Store.Put("model/epochs/1.json", content, PutCondition.IfAbsent, Patience);
        (await Store.Get("model/epochs/1.json", length, Patience))!.ETag.ShouldBe(etag);
        var next = await ReplaceOnce("model/epochs/1.json", etag, S3Fault.LostAnswer);
        next.ShouldNotBe(etag);
    }

    [Fact]
    public async Task A_passing_fault_is_ridden_out()
    {
        await Put("a", "1");
        foreach (var fault in new[] { S3Fault.SlowDown, S3Fault.LostRequest, S3Fault.LostAnswer, S3Fault.TornAnswer })
        {
            FailOnce("GetObject", fault);
            Text(await Store.Get("a", Patience)).ShouldBe("1");
            FailOnce("PutObject", fault);
            await Put("a", "1");
            FailOnce("ListObjectsV2", fault);
            (await Keys("")).ShouldBe(["a"]);
        }
    }

    [Fact]
    public async Task A_stream_that_is_cut_short_throws()
    {
        await Store.Put("a", new byte[100_000], PutCondition.None, Patience);
        server.Faults = call => call.Operation == "GetObject" ? S3Fault.TornAnswer : null;
        await using var stream = (await Store.Open("a", Patience))!;
        var error = await Should.ThrowAsync<Exception>(stream.CopyToAsync(Stream.Null, Patience));
        (error is IOException or HttpRequestException).ShouldBeTrue(error.ToString());
    }

    [Fact]
    public async Task An_overloaded_store_is_unreachable()
    {
        server.Faults = _ => S3Fault.SlowDown;
        await Fails(ObjectFault.Unreachable, "SlowDown");
    }

    [Fact]
    public async Task A_store_that_never_answers_is_unreachable()
    {
        server.Faults = _ => S3Fault.LostRequest;
        await Fails(ObjectFault.Unreachable, "s3://landing/some/prefix/a");
    }

    [Fact]
    public async Task A_store_that_stalls_within_its_answer_is_unreachable_and_its_next_answer_is_read()
    {
        await Put("a", "1");
        var options = Options();
        options.TimeoutSeconds = 5;
        using var store = Open(options);
        server.Faults = _ => S3Fault.StalledAnswer;
        var error = await Should.ThrowAsync<ObjectStoreException>(store.Get("a", Patience));
        error.Fault.ShouldBe(ObjectFault.Unreachable);
        error.Message.ShouldBe("s3://landing/some/prefix/a: No whole answer within 5 s.");
        var listing = store.List("", Patience).GetAsyncEnumerator(Patience);
        (await Should.ThrowAsync<ObjectStoreException>(listing.MoveNextAsync().AsTask())).Fault.ShouldBe(ObjectFault.Unreachable);
        server.Faults = null;
        Text(await Store.Get("a", Patience)).ShouldBe("1");
    }

    [Fact]
    public async Task A_store_that_is_away_is_unreachable()
    {
        using var store = Open(new() { Uri = "s3://landing", Endpoint = "http://127.0.0.1:1", Retries = 0 });
        await Fails(store, ObjectFault.Unreachable, "s3://landing/a");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refused_caller_is_denied(bool expired)
    {
        server.Faults = _ => expired ? S3Fault.ExpiredToken : S3Fault.AccessDenied;
        await Fails(ObjectFault.Denied, expired ? "ExpiredToken" : "AccessDenied");
    }

    [Fact]
    public async Task A_wrong_secret_is_denied()
    {
        using var store = (S3ObjectStore)ObjectStores.Open(
            Options(), TimeProvider.System, new BasicAWSCredentials(S3Server.AccessKey, "not the secret"));
        await Fails(store, ObjectFault.Denied, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_missing_bucket_is_not_an_absent_object()
    {
        using var store = Open(Options("s3://another"));
        await Fails(store, ObjectFault.NotFound, "NoSuchBucket");
        var listing = store.List("model/", Patience).GetAsyncEnumerator(Patience);
        (await Should.ThrowAsync<ObjectStoreException>(listing.MoveNextAsync().AsTask())).Fault.ShouldBe(ObjectFault.NotFound);
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_fault_of_the_store()
    {
        using CancellationTokenSource cancellation = new();
        server.Faults = _ =>
        {
            cancellation.Cancel();
            return S3Fault.Wait(TimeSpan.FromSeconds(30));
        };
        await Should.ThrowAsync<OperationCanceledException>(Store.Get("a", cancellation.Token));
    }

    protected override async ValueTask<IObjectStore> CreateStore()
    {
        server = await S3Server.Start(Bucket);
        return Open(Options());
    }

    protected override ValueTask<OtherStore> SecondStore() => new(new OtherStore(Open(Options())));

    protected override void ShouldHoldNoDraft() => Stored.OpenUploads.ShouldBe(0);

    private static S3ObjectStore Open(ObjectsOptions options) => (S3ObjectStore)ObjectStores.Open(
        options, TimeProvider.System, new BasicAWSCredentials(S3Server.AccessKey, S3Server.SecretKey));

    private ObjectsOptions Options(string uri = "s3://landing/some/prefix/") =>
        new() { Uri = uri, Endpoint = server.Url, Region = "eu-central-1", PartBytes = PartBytes, Retries = 2 };

    private void Record() => server.Faults = call =>
    {
        lock (operations)
            operations.Add(call.Operation);
        return null;
    };

    private void FailOnce(string operation, S3Fault fault)
    {
        var left = 1;
        server.Faults = call => call.Operation == operation && Interlocked.Decrement(ref left) >= 0 ? fault : null;
    }

    private Task<string> ReplaceOnce(string key, string etag, S3Fault fault)
    {
        FailOnce("PutObject", fault);
        return Put(key, "next", PutCondition.IfMatch(etag));
    }

    private Task Fails(ObjectFault fault, string says) => Fails(Store, fault, says);

    private static async Task Fails(IObjectStore store, ObjectFault fault, string says)
    {
        Func<Task>[] calls = [() => store.Get("a", Patience), () => store.Open("a", Patience), () => store.PutText("a", "x", PutCondition.IfAbsent, Patience)];
        foreach (var call in calls)
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(call);
            error.Fault.ShouldBe(fault, error.Message);
            error.Key.ShouldBe("a");
            error.Message.ShouldContain(says);
        }
    }
}
