using System.Text.Json.Nodes;
using Hts.Bars;
using Hts.Symbols;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hts.OpenApi;

/// <summary>Says what the parameters are. Routes take them as text, so that one answer can name every broken one.</summary>
internal sealed class ParameterTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Describe(parameter);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiParameter parameter)
    {
        (parameter.Schema, parameter.Description) = parameter.Name switch
        {
            "symbol" => (new OpenApiSchema { Type = JsonSchemaType.String, Pattern = SymbolName.Pattern }, "Name of the symbol, such as BTCUSDT."),
            "from" => (Time(), "Start, inclusive."),
            "to" => (Time(), "End, exclusive; now when absent."),
            "limit" => (new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" }, "Most items of one page."),
            "cursor" => (new OpenApiSchema { Type = JsonSchemaType.String }, "nextCursor of the answer before, with the same other parameters."),
            "interval" => (Intervals(), "Length of the bars."),
            "role" => (new OpenApiSchema { Type = JsonSchemaType.String }, "champion, or the name of a shadow."),
            "repaired" => (new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false }, "True to list repaired holes too."),
            "version" => (new OpenApiSchema { Type = JsonSchemaType.String }, "Version of the model."),
            _ => (parameter.Schema, parameter.Description),
        };
    }

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Intervals() => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. BarInterval.Names.Select(n => (JsonNode)n)],
        Default = BarInterval.Usual,
    };
}
