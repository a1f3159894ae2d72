using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Ledgers;
using Hts.Models;
using Hts.Slots;
using Hts.Symbols;
using Hts.Training;

namespace Hts.Postgres;

public static class PostgresServices
{
    /// <summary>Registers each storage port. The store is opened before the host is built and disposed by whoever opened it.</summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, PostgresStore store) => services
        .AddSingleton(store)
        .AddSingleton<IBarStore>(store.Bars)
        .AddSingleton<ILedger>(store.Ledger)
        .AddSingleton<ISlotStore>(store.Slots)
        .AddSingleton<IEmbeddingStore>(store.Embeddings)
        .AddSingleton<IEventStore>(store.Events)
        .AddSingleton<IModelStore>(store.Models)
        .AddSingleton<ITrainingRunStore>(store.TrainingRuns)
        .AddSingleton<ISymbolStore>(store.Symbols);
}
