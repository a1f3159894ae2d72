namespace Hts.Tests.Demo;

[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<TapeDemo>
{
    public const string Name = "demo";
}
