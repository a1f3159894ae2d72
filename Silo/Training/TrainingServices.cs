using Hts.Objects;
using Hts.SageMaker;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>Registers where trainings run.</summary>
internal static class TrainingServices
{
    /// <summary>Binds <c>Training:Backend</c> and <c>Training:SageMaker</c>, validates both at start-up and registers the backend chosen.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<TrainingBackendOptions>, TrainingBackendOptionsValidator>();
        services.AddOptions<TrainingBackendOptions>().BindConfiguration(TrainingBackendOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SageMakerOptions>, SageMakerOptionsValidator>();
        services.AddOptions<SageMakerOptions>().Configure<IOptions<ObjectsOptions>>(
            (options, objects) => Read(options, configuration, objects.Value)).ValidateOnStart();
        services.AddSingleton<JobFolders>();
        services.AddSingleton<IDataSetPreparer, DataSetPreparer>();
        services.AddSingleton<TrainingResults>();
        services.AddSingleton<LocalTrainingBackend>();
        services.AddSingleton<ITrainingBackend>(provider =>
        {
            var local = provider.GetRequiredService<LocalTrainingBackend>();
            if (provider.GetRequiredService<IOptions<TrainingBackendOptions>>().Value.Backend != TrainingBackendOptions.SageMaker)
                return local;
            var options = provider.GetRequiredService<IOptions<SageMakerOptions>>().Value;
            var sageMaker = ActivatorUtilities.CreateInstance<SageMakerTrainingBackend>(
                provider, SageMakerClients.Create(options, provider.GetRequiredService<TimeProvider>()), SageMakerJobs.ModelSettings(configuration));
            return options.Local ? new TrainingPlaces(sageMaker, local) : sageMaker;
        });
        return services;
    }

    private static void Read(SageMakerOptions options, IConfiguration configuration, ObjectsOptions objects)
    {
        configuration.GetSection(SageMakerOptions.Section).Bind(options);
        if (options.Instances.Length == 0)
            options.Instances = [SageMakerOptions.UsualInstance];
        if (options.Region.Length == 0)
            options.Region = objects.Region;
        if (options.Endpoint.Length == 0)
            options.Endpoint = configuration["AWS_ENDPOINT_URL_SAGEMAKER"] ?? configuration["AWS_ENDPOINT_URL"] ?? "";
    }
}
