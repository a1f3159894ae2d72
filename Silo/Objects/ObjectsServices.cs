using Microsoft.Extensions.Options;

namespace Hts.Objects;

/// <summary>Registers the process' <see cref="IObjectStore"/>.</summary>
public static class ObjectsServices
{
    /// <summary>
    /// Binds section <c>Objects</c>, fills what it leaves open from the original's and AWS's names and the data folder, validates at
    /// start-up, and registers one store. Needs an unkeyed <see cref="TimeProvider"/> that is the real clock; without one the
    /// system's is used.
    /// </summary>
    public static IServiceCollection AddObjects(this IServiceCollection services, IConfiguration configuration, string dataDirectory)
    {
        services.AddSingleton<IValidateOptions<ObjectsOptions>, ObjectsOptionsValidator>();
        services.AddOptions<ObjectsOptions>().Configure(options => Read(options, configuration, dataDirectory)).ValidateOnStart();
        services.AddSingleton(provider => ObjectStores.Open(
            provider.GetRequiredService<IOptions<ObjectsOptions>>().Value,
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return services;
    }

    /// <summary>Options outside a host, for short commands.</summary>
    /// <exception cref="OptionsValidationException">A value cannot work; the message names its key.</exception>
    public static ObjectsOptions Read(IConfiguration configuration, string dataDirectory)
    {
        ObjectsOptions options = new();
        Read(options, configuration, dataDirectory);
        var verdict = new ObjectsOptionsValidator().Validate(null, options);
        return verdict.Failed ? throw new OptionsValidationException("", typeof(ObjectsOptions), verdict.Failures) : options;
    }

    /// <summary>Where things stand in the store that the options name.</summary>
    /// <exception cref="OptionsValidationException">The pointer to the model does not lie in the store.</exception>
    public static ObjectLayout LayoutOf(ObjectsOptions options, IObjectStore objects)
    {
        var layout = new ObjectLayout(options.TrainPrefix, options.ModelPrefix);
        if (options.ModelPointer is not { Length: > 0 } pointer)
            return layout;
        var key = pointer;
        if (pointer.Contains("://", StringComparison.Ordinal) && !(Uri.TryCreate(pointer, UriKind.Absolute, out var address) && objects.TryKeyOf(address, out key)))
            throw new OptionsValidationException(
                "", typeof(ObjectsOptions), [$"Objects:ModelPointer (MODEL_JSON) '{pointer}' does not lie in the object store {objects.UriOf("model").ToString()[..^5]}: set Objects:Uri or LANDING_BUCKET to its bucket."]);
        return ObjectKey.IsValid(key) && key != layout.Pin && !key.StartsWith(layout.Epochs, StringComparison.Ordinal)
            ? layout with { Pointer = key }
            : throw new OptionsValidationException("", typeof(ObjectsOptions), [$"Objects:ModelPointer (MODEL_JSON) '{pointer}' is not a key that a pointer may have."]);
    }

    private static void Read(ObjectsOptions options, IConfiguration configuration, string dataDirectory)
    {
        var section = configuration.GetSection(ObjectsOptions.Section);
        section.Bind(options);
        if (string.IsNullOrWhiteSpace(options.Uri))
        {
            options.Uri = configuration["LANDING_BUCKET"] is { Length: > 0 } bucket
                ? bucket.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) ? bucket : $"s3://{bucket}"
                : Path.Combine(Path.GetFullPath(dataDirectory), "objects");
        }
        options.TrainPrefix = (section["TrainPrefix"] ?? configuration["TRAIN_PREFIX"] ?? options.TrainPrefix).Trim('/');
        options.ModelPrefix = (section["ModelPrefix"] ?? configuration["MODEL_PREFIX"] ?? options.ModelPrefix).Trim('/');
        options.ModelPointer = section["ModelPointer"] ?? configuration["MODEL_JSON"] ?? options.ModelPointer;
        if (options.Endpoint.Length == 0)
            options.Endpoint = configuration["AWS_ENDPOINT_URL_S3"] ?? configuration["AWS_ENDPOINT_URL"] ?? "";
    }
}
