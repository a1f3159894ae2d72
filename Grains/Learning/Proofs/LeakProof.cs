using System.Globalization;
using Hts.DataSets;
using Hts.Scores;

namespace Hts.Proofs;

/// <summary>A wilful leak of one bar is found in the first training, and only the leak.</summary>
public sealed class LeakProof(ProofSettings settings)
{
    /// <param name="tell">Told each line as it comes.</param>
    public async Task<ProofReport> Run(Action<string> tell, CancellationToken cancellation)
    {
        List<string> lines = [];
        var leaking = await Try(new LeakCanary { FeaturesKnowFutureBars = 1 }, cancellation);
        Say($"leak, features one bar ahead: {leaking.Audit.Leak ?? "nothing was found"}; {Words(leaking.Score)}");
        var sound = await Try(null, cancellation);
        Say($"leak, sound features: {sound.Audit.Leak ?? $"{sound.Audit.Checked} sampled rows came out the same"}; {Words(sound.Score)}");
        var passed = leaking.Audit.Leak is not null && sound.Audit is { Leak: null, Checked: > 0 } && sound.Score is not { Suspicious: true };
        Say($"leak: {(passed ? "passed" : "failed")}");
        return new ProofReport(lines, passed);

        void Say(string line)
        {
            lines.Add(line);
            tell(line);
        }
    }

    private static string Words(LeakScore? score) => score is null
        ? "too few rows for its gross IC"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"gross IC {score.GrossIc:0.000}, at least {score.AtLeast:0.000}, {(score.Suspicious ? "too good to be true" : "no sign")} by a limit of {score.Limit:0.00}");

    private async Task<(RowAuditReport Audit, LeakScore? Score)> Try(LeakCanary? canary, CancellationToken cancellation)
    {
        using var world = new ProofWorld(settings, settings.FirstSeed, foresight: 0, canary);
        var (audit, training) = await world.Train(cancellation);
        return (audit, training.Leak);
    }
}
