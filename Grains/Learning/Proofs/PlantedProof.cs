using System.Globalization;

namespace Hts.Proofs;

/// <summary>Where there is something to know, it is found: most of what an oracle knows, and enough for the gate.</summary>
public sealed class PlantedProof(ProofSettings settings)
{
    /// <summary>Part of the oracle's gross IC that the champion must reach.</summary>
    public const double Goal = 0.8;

    /// <param name="tell">Told each line as it comes.</param>
    public async Task<ProofReport> Run(Action<string> tell, CancellationToken cancellation)
    {
        List<string> lines = [];
        double shares = 0;
        var passed = true;
        for (var seed = settings.FirstSeed; seed < settings.FirstSeed + settings.Seeds; seed++)
        {
            using var world = new ProofWorld(settings, seed, settings.Foresight);
            var (audit, training) = await world.Train(cancellation);
            var forecasts = await world.Judge(training, cancellation);
            var mine = forecasts.DirectionIc;
            var oracle = forecasts.OracleIc;
            var decision = forecasts.Decide(forecasts.Cond(), training.Placebos, settings.GateDays);
            shares += (mine.Value ?? 0) / oracle.Value!.Value;
            passed &= decision.Promote && audit.Leak is null && training.Leak is not { Suspicious: true };
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"planted, seed {seed}: {training.Chosen} from {training.Rows} rows; gross IC {mine.Value:0.0000} of the oracle's {oracle.Value:0.0000} "
                + $"({mine.Value / oracle.Value:0.0 %}) on {mine.Rows} rows of {mine.Blocks} days; the gate over cond: {decision.Reason} "
                + $"Placebos' t {string.Join(", ", training.Placebos.Select(p => p.T?.ToString("0.00", CultureInfo.InvariantCulture)))}"));
        }
        var share = shares / settings.Seeds;
        passed &= share >= Goal;
        Say(string.Create(CultureInfo.InvariantCulture, $"planted: {share:0.0 %} of the oracle's gross IC, {Goal:0 %} asked for: {(passed ? "passed" : "failed")}"));
        return new ProofReport(lines, passed);

        void Say(string line)
        {
            lines.Add(line);
            tell(line);
        }
    }
}
