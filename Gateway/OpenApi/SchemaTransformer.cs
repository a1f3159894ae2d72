using Hts.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hts.OpenApi;

/// <summary>Describes the values that converters of ours write.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(UtcTime) || type == typeof(UtcTime?))
        {
            schema.Type = JsonSchemaType.String | (type == typeof(UtcTime?) ? JsonSchemaType.Null : 0);
            schema.Format = "date-time";
        }
        else if (type == typeof(StrategyReturns))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "A value per strategy, in percent, keyed by the strategies' names.";
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" };
        }
        return Task.CompletedTask;
    }
}
