namespace Hts.Audits;

/// <summary>What came of making the features of past predictions again from the tables.</summary>
/// <param name="Checked">Predictions whose features were made again.</param>
/// <param name="Changed">Those that came out otherwise because bars came in or were revised after the prediction.</param>
/// <param name="Differing">Those that came out otherwise though nothing changed: batch and live disagree, or something knew the future.</param>
/// <param name="Foreknown">Those that come out only with an embedding that was not known at their instant: they knew the future.</param>
public sealed record RebuildReport(int Checked, int Changed, IReadOnlyList<string> Differing, IReadOnlyList<string> Foreknown)
{
    public RebuildReport Plus(RebuildReport other) => new(
        Checked + other.Checked, Changed + other.Changed, [.. Differing, .. other.Differing], [.. Foreknown, .. other.Foreknown]);

    /// <summary>How many came out otherwise and why, in words.</summary>
    public string InWords =>
        $"{Changed} differ by what came in later, {Differing.Count} differ otherwise" + (Foreknown.Count > 0 ? $", {Foreknown.Count} knew what came later" : "");
}
