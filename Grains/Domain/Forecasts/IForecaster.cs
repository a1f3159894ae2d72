namespace Hts.Forecasts;

/// <summary>Runs models for a whole process. Holds a bounded number of loaded versions; work queues up to a bound.</summary>
public interface IForecaster
{
    /// <summary>True when that version is loaded.</summary>
    bool Holds(string version);

    /// <summary>What a loaded version says of itself; null when it is not loaded.</summary>
    ModelTraits? Traits(string version);

    /// <summary>Loads an artefact under a version name, replacing the one least recently used when the bound is reached.</summary>
    /// <exception cref="ArtefactRefusedException">The artefact is not what it claims to be; nothing changed.</exception>
    Task Load(string version, Stream artefact, CancellationToken cancellation);

    /// <summary>Forecasts with a loaded version.</summary>
    /// <exception cref="ForecasterBusyException">The queue is full; ask again later.</exception>
    /// <exception cref="KeyNotFoundException">The version is not loaded.</exception>
    ValueTask<Forecast> Forecast(string version, ForecastInput input, CancellationToken cancellation);
}
