using Hts.Artefacts;
using Hts.DataSets;
using Hts.Exchange;
using Hts.Features;
using Hts.Feeds;
using Hts.Forecasts;
using Hts.Inference;
using Hts.Models;
using Hts.Objects;
using Hts.Policies;
using Hts.Postgres;
using Hts.Predictions;
using Hts.Status;
using Hts.Time;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Builds the host of a silo with its gateway.</summary>
internal static class SiloBuilder
{
    public static WebApplication Build(SiloParts parts)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(parts.Configuration);
        ConsoleLogs.Configure(builder.Logging, parts.Configuration);

        AddMarket(builder.Services, parts);
        builder.Services.AddPostgresStore(parts.Storage.Store);
        builder.Services.AddStorageUpkeep();
        builder.Services.AddObjects(parts.Configuration, parts.Plan.Data.Path);
        AddLearning(builder.Services, parts);
        builder.Services.AddGrainServices(parts.Grid, parts.Strategies);
        builder.Host.UseOrleans(silo => silo.AddCluster(parts));
        builder.AddGateway();

        var app = builder.Build();
        app.MapGateway();
        CheckOptions(app.Services);
        return app;
    }

    // Options without a validator of their own are checked by what is made from them: now, not when the first grain asks.
    private static void CheckOptions(IServiceProvider services)
    {
        HtsConfiguration.Check("Objects", () => services.GetRequiredService<ObjectLayout>());
        HtsConfiguration.Check("Features", () => services.GetRequiredService<FeatureSchema>());
        HtsConfiguration.Check("Prediction", () => services.GetRequiredService<SelectionRule>());
        HtsConfiguration.Check("Prediction:Inference", () => services.GetRequiredService<IForecaster>());
        HtsConfiguration.Check("Training:LeakCanary", services.GetRequiredService<IOptions<LeakCanary>>().Value.Validate);
    }

    private static void AddMarket(IServiceCollection services, SiloParts parts)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(parts.Clock);
        services.AddBinanceExchange();
        var name = parts.Market switch { null => "binance", { Record.Tape: null } => "synthetic", _ => "tape" };
        services.AddSingleton(new MarketName(name));
        if (parts.Exchange is not { } exchange)
            return;
        services.PostConfigure<FeedOptions>(feed =>
        {
            feed.Name = "The built-in exchange";
            feed.RestUrl = exchange.RestUrl;
            feed.WebSocketUrl = exchange.WebSocketUrl;
            feed.Symbols = [.. parts.Market!.Tape.Symbols];
        });
        services.PostConfigure<FeedSessionOptions>(feed => feed.BackfillDays = HistoryDays(parts.Market!.Tape, parts.Clock));
        if (parts.Clock.Factor == 1)
            return;
        // On a fast clock a market minute is short in real time: the tolerance is never less than two real seconds.
        services.PostConfigure<PredictionOptions>(prediction =>
            prediction.ToleranceSeconds = Math.Max(prediction.ToleranceSeconds, Math.Min(2 * parts.Clock.Factor, 300)));
    }

    /// <summary>Days back to the tape's beginning, so that a symbol starts with all of its past.</summary>
    private static int HistoryDays(ITape tape, MarketClock clock) =>
        (int)Math.Ceiling(tape.Symbols.Max(symbol => clock.NowMs - tape.FirstTs(symbol)) / 86_400_000.0);

    private static void AddLearning(IServiceCollection services, SiloParts parts)
    {
        services.AddSingleton(parts.Plan.Data);
        services.AddSingleton(provider => ObjectsServices.LayoutOf(
            provider.GetRequiredService<IOptions<ObjectsOptions>>().Value, provider.GetRequiredService<IObjectStore>()));
        services.AddSingleton<IValidateOptions<InferenceOptions>, InferenceOptionsValidator>();
        services.AddOptions<InferenceOptions>().BindConfiguration("Prediction:Inference").ValidateOnStart();
        services.AddSingleton<IForecaster>(provider => new InferenceEngine(
            provider.GetRequiredService<IOptions<InferenceOptions>>().Value,
            ModelExpectations.Of(provider.GetRequiredService<FeatureSchema>()),
            provider.GetRequiredService<ILogger<InferenceEngine>>()));
        services.AddOptions<LeakCanary>().BindConfiguration("Training:LeakCanary");
        services.AddSingleton<IArtefactCache, FolderArtefactCache>();
        services.AddTraining(parts.Configuration);
    }
}
