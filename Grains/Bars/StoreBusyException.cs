namespace Hts.Bars;

/// <summary>A writer's queue is full: nothing was taken, the caller may try again.</summary>
public sealed class StoreBusyException(string queue, int capacity) : Exception($"The queue of {queue} ({capacity}) is full.");
