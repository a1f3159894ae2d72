namespace Hts.Evaluation;

/// <summary>A tenth of the champion's gross forecasts, in order of size, in σ of the slot.</summary>
/// <param name="Forecast">Mean forecast.</param>
/// <param name="Realised">Mean outcome.</param>
public sealed record CalibrationBin(double Forecast, Measure Realised);
