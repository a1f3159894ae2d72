using Hts.Audits;
using Hts.Bars;
using Hts.Drift;
using Hts.Events;
using Hts.Features;
using Hts.Feeds;
using Hts.History;
using Hts.Live;
using Hts.Markets;
using Hts.Models;
using Hts.Policies;
using Hts.Predictions;
using Hts.Strategies;
using Hts.Training;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Registers what the grains share within a silo. The host brings the clock and the adapters of all ports.</summary>
public static class GrainServices
{
    public static IServiceCollection AddGrainServices(this IServiceCollection services, Grid grid, StrategySet strategies)
    {
        services.AddSingleton(grid);
        services.AddSingleton(strategies);
        services.AddSingleton(provider =>
            new FeatureSchema(strategies, grid, provider.GetRequiredService<IOptions<FeatureOptions>>().Value));
        services.AddSingleton(provider => new SelectionRule(provider.GetRequiredService<IOptions<SelectionOptions>>().Value));
        services.AddSingleton<LivePublisher>();
        services.AddHostedService(provider => provider.GetRequiredService<LivePublisher>());
        services.AddSingleton<EventLog>();
        // Scoped: each activation of the registry has its own.
        services.AddScoped<EpochHistory>();
        services.AddScoped<EpochMover>();
        services.AddScoped<PointerWatch>();
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<ModelCatalogue>();
        services.AddSingleton<ForeignModels>();
        services.AddSingleton<PinFile>();
        services.AddSingleton<EpochCache>();
        services.AddSingleton<ModelAges>();
        services.AddSingleton<LeaderCache>();
        services.AddSingleton<ShadowLineUp>();
        services.AddSingleton<ShadowForecaster>();
        services.AddSingleton<IntervalHistory>();
        services.AddSingleton<SlotForecaster>();
        services.AddSingleton<ServedRecipes>();
        services.AddSingleton<AnchorKeeper>();
        services.AddSingleton<GateKeeper>();
        services.AddSingleton<TrainingCalendar>();
        services.AddSingleton<TrainingJournal>();
        services.AddSingleton<RunSweeper>();
        services.AddSingleton<PlaceWalk>();
        services.AddSingleton<IFeedSink, GrainFeedSink>();
        services.AddHostedService<FeedKeeper>();
        services.AddSingleton<ClusterStarter>();
        services.AddSingleton<FeatureRebuild>();
        services.AddSingleton<FeatureAuditor>();
        services.AddSingleton<DriftReport>();
        services.AddSingleton<DriftWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DriftWatch>());

        services.AddOptions<FeatureOptions>().BindConfiguration("Features");
        services.AddOptions<MarketOptions>().BindConfiguration("Features").ValidateOnStart();
        services.AddSingleton<IValidateOptions<MarketOptions>, MarketOptionsValidator>();
        services.AddOptions<SelectionOptions>().BindConfiguration("Prediction");
        services.AddOptions<PredictionOptions>().BindConfiguration("Prediction").ValidateOnStart();
        services.AddOptions<TrainingScheduleOptions>().BindConfiguration("Training").PostConfigure<IConfiguration>(ReplaceMembers).ValidateOnStart();
        services.AddOptions<RunRetentionOptions>().BindConfiguration("Training:Retention").ValidateOnStart();
        services.AddSingleton<IValidateOptions<RunRetentionOptions>, RunRetentionOptionsValidator>();
        services.AddOptions<DriftOptions>().BindConfiguration("Drift").ValidateOnStart();
        services.AddSingleton<IValidateOptions<DriftOptions>, DriftOptionsValidator>();
        services.AddOptions<FeatureAuditOptions>().BindConfiguration("Audit").ValidateOnStart();
        services.AddSingleton<IValidateOptions<FeatureAuditOptions>, FeatureAuditOptionsValidator>();
        services.AddOptions<FeedSessionOptions>().BindConfiguration("Feed").ValidateOnStart();
        services.AddSingleton<IValidateOptions<PredictionOptions>, PredictionOptionsValidator>();
        services.AddSingleton<IValidateOptions<TrainingScheduleOptions>, TrainingScheduleOptionsValidator>();
        services.AddSingleton<IValidateOptions<FeedSessionOptions>, FeedSessionOptionsValidator>();
        return services;
    }

    // Binding adds to a list's defaults; who names members means these and no others.
    private static void ReplaceMembers(TrainingScheduleOptions options, IConfiguration configuration)
    {
        if (configuration.GetSection("Training:Members").Get<string[]>() is { Length: > 0 } members)
            options.Members = members;
    }
}
