namespace Hts.Forecasts;

/// <summary>The forecaster's queue is full.</summary>
public sealed class ForecasterBusyException(int capacity) : Exception($"The forecaster's queue of {capacity} is full.");
