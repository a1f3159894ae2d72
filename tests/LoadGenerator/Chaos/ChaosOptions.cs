namespace Hts.Load.Chaos;

/// <summary>A run of the feed against an exchange with all faults.</summary>
/// <param name="Tape">File or folder of recorded trades.</param>
/// <param name="Symbol">Whose.</param>
/// <param name="SkipHours">Market hours of the tape before the run begins.</param>
/// <param name="Hours">Market hours that are played.</param>
/// <param name="Speed">Market seconds per real second.</param>
/// <param name="Work">Folder for the prepared tape.</param>
internal sealed record ChaosOptions(string Tape, string Symbol, double SkipHours, double Hours, long Seed, int Speed, string Work);
