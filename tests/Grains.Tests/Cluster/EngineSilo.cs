using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Inference;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Cluster;

/// <summary>A silo that runs real models, by shadows too.</summary>
public sealed class EngineSilo : TestSilo
{
    private readonly InferenceEngine engine = new(new InferenceOptions(), ModelExpectations.Of(Worlds.Schema), NullLogger<InferenceEngine>.Instance);

    public EngineSilo(Databases databases)
        : base(databases)
    {
    }

    protected override int ShadowSymbols => 10;

    protected override IForecaster ServingForecaster => engine;
}
