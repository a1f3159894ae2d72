using Hts.Forecasts;

namespace Hts.Tests.Objects;

/// <summary>Takes any artefact and forecasts nothing.</summary>
internal sealed class ListingForecaster : IForecaster
{
    private readonly HashSet<string> loaded = [];

    public bool Holds(string version) => loaded.Contains(version);

    public ModelTraits? Traits(string version) => null;

    public Task Load(string version, Stream artefact, CancellationToken cancellation)
    {
        loaded.Add(version);
        return Task.CompletedTask;
    }

    public ValueTask<Forecast> Forecast(string version, ForecastInput input, CancellationToken cancellation) => throw new NotSupportedException();
}
