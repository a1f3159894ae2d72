using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hts.Json;
using Microsoft.AspNetCore.OpenApi;
using Scalar.AspNetCore;

namespace Hts.OpenApi;

/// <summary>The API's own description and a page to read it on.</summary>
internal static class ApiDocument
{
    public const string PagePath = "/scalar";
    private const string Name = "v1";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "HTS Model Selector";
            document.Info.Version = Name;
            document.Info.Description = "Per symbol and every ten minutes: the net return of each strategy over the next ten minutes, "
                + "predicted, settled and scored. Times are ISO 8601 in UTC, returns are percent.";
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer<AccessTransformer>();
        options.AddOperationTransformer<AccessTransformer>();
        options.AddOperationTransformer<ParameterTransformer>();
        options.AddSchemaTransformer<SchemaTransformer>();
        options.CreateSchemaReferenceId = Reference;
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference(PagePath, options => options
            .WithTitle("HTS Model Selector")
            .DisableDefaultFonts()
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .AddDocument(Name));
    }

    // Times and foreign documents are written in place; pages and objects are named for what they hold, not for the classes here.
    private static string? Reference(JsonTypeInfo type)
    {
        if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) is var plain && (plain == typeof(UtcTime) || plain == typeof(JsonElement)))
            return null;
        if (type.Type is { IsGenericType: true } generic && generic.GetGenericTypeDefinition() == typeof(Page<>))
            return Short(generic.GetGenericArguments()[0].Name) + "Page";
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? Short(id) : null;
    }

    private static string Short(string name) => name.EndsWith("View", StringComparison.Ordinal) ? name[..^4] : name;
}
