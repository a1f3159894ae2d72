using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Feeds;
using Hts.Ledgers;
using Hts.Models;
using Hts.Slots;
using Hts.Symbols;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.Postgres;

public static class PostgresServices
{
    /// <summary>Registers each storage port. The store is opened before the host is built and disposed by whoever opened it.</summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, PostgresStore store) => services
        .AddSingleton(store)
        .AddSingleton<IBarStore>(store.Bars)
        .AddSingleton<ILedger>(store.Ledger)
        .AddSingleton<IRoleScores>(store.Roles)
        .AddSingleton<ISlotStore>(store.Slots)
        .AddSingleton<IEmbeddingStore>(store.Embeddings)
        .AddSingleton<IEventStore>(store.Events)
        .AddSingleton<IModelStore>(store.Models)
        .AddSingleton<IModelMoveStore>(store.ModelMoves)
        .AddSingleton<ITrainingRunStore>(store.TrainingRuns)
        .AddSingleton<ISymbolStore>(store.Symbols)
        .AddSingleton<IFeedTallyStore>(store.FeedTallies)
        .AddSingleton<IQualityStore>(store.Quality);

    /// <summary>Lets this process take part in the database's upkeep. Needs the clocks and the schedule of trainings.</summary>
    public static IServiceCollection AddStorageUpkeep(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        return services.AddHostedService<StorageKeeper>();
    }
}
