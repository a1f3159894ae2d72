using System.Text.Json;

namespace Hts.Tests.Demo;

[Collection(DemoCollection.Name)]
public sealed class ApiDocumentTests(TapeDemo demo)
{
    [Fact]
    public async Task Every_reference_resolves_and_every_operation_says_what_it_answers()
    {
        var document = await demo.Silo.Get("/openapi/v1.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        foreach (var reference in References(document))
            Resolve(document, reference);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
                operation.Value.GetProperty("responses").EnumerateObject().ShouldNotBeEmpty($"{operation.Name} {path.Name}");
        }
    }

    private static void Resolve(JsonElement document, string reference)
    {
        var at = document;
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
            at.TryGetProperty(part.Replace("~1", "/").Replace("~0", "~"), out at).ShouldBeTrue(reference);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p =>
            p is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
