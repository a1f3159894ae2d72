namespace Hts.Models;

/// <summary>The range an output is held to: what training saw between its clipping quantiles.</summary>
public readonly record struct OutputRange(double Low, double High);
