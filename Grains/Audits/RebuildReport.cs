namespace Hts.Audits;

/// <summary>What came of making the features of past predictions again from the tables.</summary>
/// <param name="Checked">Predictions whose features were made again.</param>
/// <param name="Changed">Those that came out otherwise because bars or embeddings came in or were revised after the prediction.</param>
/// <param name="Differing">Those that came out otherwise though nothing changed: batch and live disagree, or something knew the future.</param>
public sealed record RebuildReport(int Checked, int Changed, IReadOnlyList<string> Differing)
{
    public RebuildReport Plus(RebuildReport other) =>
        new(Checked + other.Checked, Changed + other.Changed, [.. Differing, .. other.Differing]);
}
