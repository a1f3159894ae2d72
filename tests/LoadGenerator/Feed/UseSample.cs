namespace Hts.Load.Feed;

/// <param name="Seconds">Since the measurement began.</param>
/// <param name="AnonymousMegabytes">Of the resident memory, what is backed by no file; not a number where there is no /proc.</param>
/// <param name="HeapMegabytes">Null until the runtime told it for the first time.</param>
/// <param name="LoadAverage">Of the machine over a minute.</param>
internal sealed record UseSample(double Seconds, double ResidentMegabytes, double AnonymousMegabytes, double? HeapMegabytes, double LoadAverage);
