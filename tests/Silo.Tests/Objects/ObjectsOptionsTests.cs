using Hts.Objects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Objects;

public sealed class ObjectsOptionsTests
{
    [Fact]
    public void Nothing_set_means_a_folder_in_the_data_folder()
    {
        var options = Read([]);
        options.Uri.ShouldBe(Path.GetFullPath(Path.Combine("some-data", "objects")));
        (options.TrainPrefix, options.ModelPrefix).ShouldBe(("train", "model"));
        ObjectStores.Open(options, TimeProvider.System).ShouldBeOfType<FolderObjectStore>();
    }

    [Fact]
    public void The_originals_names_work()
    {
        var options = Read([("LANDING_BUCKET", "my-landing"), ("TRAIN_PREFIX", "data/train/"), ("MODEL_PREFIX", "/models"), ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")]);
        options.Uri.ShouldBe("s3://my-landing");
        (options.TrainPrefix, options.ModelPrefix, options.Endpoint).ShouldBe(("data/train", "models", "http://127.0.0.1:9"));
    }

    [Fact]
    public void The_sections_own_values_come_first()
    {
        var options = Read([("LANDING_BUCKET", "other"), ("TRAIN_PREFIX", "other"), ("Objects:Uri", "s3://mine/below"), ("Objects:TrainPrefix", "t")]);
        (options.Uri, options.TrainPrefix).ShouldBe(("s3://mine/below", "t"));
    }

    [Theory]
    [InlineData("Objects:Uri", "ftp://host/x", "Objects:Uri 'ftp://host/x'")]
    [InlineData("Objects:Uri", "s3://", "does not name a bucket")]
    [InlineData("Objects:Uri", "s3://Upper", "does not name a bucket")]
    [InlineData("Objects:Uri", "s3://bucket/../x", "prefix that is not a key")]
    [InlineData("Objects:TrainPrefix", "a/../b", "Objects:TrainPrefix 'a/../b'")]
    [InlineData("Objects:TrainPrefix", "model", "must differ")]
    [InlineData("MODEL_PREFIX", "/", "Objects:ModelPrefix ''")]
    [InlineData("Objects:Endpoint", "localhost:9000", "Objects:Endpoint 'localhost:9000'")]
    [InlineData("Objects:TimeoutSeconds", "0", "Objects:TimeoutSeconds 0 is out of range: 5 to 600")]
    [InlineData("Objects:Retries", "11", "Objects:Retries 11")]
    [InlineData("Objects:PartBytes", "1000", "Objects:PartBytes 1000")]
    [InlineData("Objects:LockTimeoutSeconds", "0", "Objects:LockTimeoutSeconds 0")]
    public void A_bad_value_is_named_with_its_key(string key, string value, string says) =>
        Should.Throw<OptionsValidationException>(() => Read([(key, value)])).Message.ShouldContain(says);

    [Theory]
    [InlineData("", "model/latest.json")]
    [InlineData("s3://my-landing/model/latest.json", "model/latest.json")]
    [InlineData("s3://my-landing/inference/current.json", "inference/current.json")]
    [InlineData("inference/current.json", "inference/current.json")]
    public void The_originals_pointer_is_honoured_where_it_lies_in_the_store(string pointer, string key) =>
        Layout(pointer).ShouldSatisfyAllConditions(
            layout => layout.Pointer.ShouldBe(key),
            layout => layout.Epoch(3).ShouldBe("model/epochs/3.json"),
            layout => layout.Pin.ShouldBe("model/pin.json"));

    [Theory]
    [InlineData("s3://elsewhere/model/latest.json", "does not lie in the object store s3://my-landing/")]
    [InlineData("file:///model/latest.json", "does not lie in the object store")]
    [InlineData("s3://my-landing/model/epochs/1.json", "not a key that a pointer may have")]
    [InlineData("model/pin.json", "not a key that a pointer may have")]
    [InlineData("../latest.json", "not a key that a pointer may have")]
    public void A_pointer_that_cannot_be_followed_is_told_at_start(string pointer, string says) =>
        Should.Throw<OptionsValidationException>(() => Layout(pointer)).Message.ShouldContain(says);

    [Theory]
    [InlineData("s3://bucket", "s3://bucket/a")]
    [InlineData("s3://bucket/a/b/", "s3://bucket/a/b/a")]
    [InlineData("file:///var/objects/", "file:///var/objects/a")]
    [InlineData("/var/objects", "file:///var/objects/a")]
    public void The_address_chooses_the_store(string uri, string uriOfA)
    {
        ObjectsOptions options = new() { Uri = uri, Region = "eu-central-1" };
        var store = ObjectStores.Open(options, TimeProvider.System, new Amazon.Runtime.AnonymousAWSCredentials());
        store.UriOf("a").AbsoluteUri.ShouldBe(uriOfA);
        (store as IDisposable)?.Dispose();
    }

    [Fact]
    public void A_host_gets_one_store()
    {
        ServiceCollection services = new();
        services.AddObjects(Configuration([]), "some-data");
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IObjectStore>().ShouldBeSameAs(provider.GetRequiredService<IObjectStore>());
    }

    private static ObjectLayout Layout(string pointer)
    {
        var options = Read([("LANDING_BUCKET", "my-landing"), ("MODEL_JSON", pointer), ("Objects:Region", "eu-central-1")]);
        using var store = (S3ObjectStore)ObjectStores.Open(options, TimeProvider.System, new Amazon.Runtime.AnonymousAWSCredentials());
        return ObjectsServices.LayoutOf(options, store);
    }

    private static ObjectsOptions Read((string Key, string Value)[] values) => ObjectsServices.Read(Configuration(values), "some-data");

    private static IConfiguration Configuration((string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();
}
