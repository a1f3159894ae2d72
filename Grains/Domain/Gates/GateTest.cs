namespace Hts.Gates;

/// <summary>One comparison of daily losses: passed when <see cref="Gain"/> + <see cref="Margin"/> − t·se lies above 0.</summary>
/// <param name="Against">"champion" or "anchor".</param>
/// <param name="Days">Days compared.</param>
/// <param name="Loss">Mean over days of the other model's loss.</param>
/// <param name="Gain">Mean over days of the other's loss less the candidate's: positive when the candidate is better.</param>
/// <param name="StandardError">s/√n of the daily gains; 0 when only one day was asked for and is there.</param>
/// <param name="T">Student's t for n − 1 degrees of freedom.</param>
/// <param name="Bound">Gain + Margin − T·StandardError.</param>
public sealed record GateTest(
    string Against, string Version, int Days, double Loss, double Gain, double StandardError, double T, double Margin, double Bound)
{
    public bool Passed => Bound > 0;
}
