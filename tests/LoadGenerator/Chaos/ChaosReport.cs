using Hts.Exchange.Faults;

namespace Hts.Load.Chaos;

/// <summary>What became of the bars.</summary>
/// <param name="Bars">Bars of the undisturbed tape.</param>
/// <param name="Halted">Bars that rightly lack: the exchange was halted, and they are marked.</param>
/// <param name="Revised">Stored bars that were given more than once.</param>
/// <param name="Differences">What is not as it should be, in words; empty when all is well.</param>
/// <param name="Faults">How often each fault happened.</param>
internal sealed record ChaosReport(
    int Bars, int Halted, int Revised, IReadOnlyList<string> Differences, IReadOnlyDictionary<FaultKind, long> Faults);
