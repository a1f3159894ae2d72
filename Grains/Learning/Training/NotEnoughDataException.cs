namespace Hts.Training;

/// <summary>A data set has too few rows to train on.</summary>
public sealed class NotEnoughDataException(int rows, int needed)
    : Exception($"Not enough data: {rows} rows to train on, {needed} are needed.");
