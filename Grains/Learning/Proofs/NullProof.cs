using System.Globalization;

namespace Hts.Proofs;

/// <summary>Where there is nothing to know, nothing is claimed: driftless random walks with random embeddings, world after world.</summary>
public sealed class NullProof(ProofSettings settings)
{
    /// <summary>Share of worlds in which direction may be claimed or promoted on by chance.</summary>
    public const double Goal = 0.05;

    /// <summary>Share of slots in which a strategy may be picked.</summary>
    public const double MostPicks = 0.05;

    // Three and a half standard errors: what chance leaves room for, one run in 4,000 aside.
    private const double Deviations = 3.5;

    /// <param name="tell">Told each line as it comes.</param>
    public async Task<ProofReport> Run(Action<string> tell, CancellationToken cancellation)
    {
        List<string> lines = [];
        int claims = 0, promotions = 0, either = 0, leaks = 0;
        double picks = 0, policy = 0;
        Dictionary<string, (int Alarms, int Runs, double Rate)> placebos = [];
        for (var i = 0; i < settings.Seeds; i++)
        {
            using var world = new ProofWorld(settings, settings.FirstSeed + i, foresight: 0);
            var (audit, training) = await world.Train(cancellation);
            var forecasts = await world.Judge(training, cancellation);
            var ic = forecasts.GrossIc;
            var claimed = ic.Value - ic.HalfWidth(0.95) > 0;
            var promoted = forecasts.Decide(forecasts.WithoutDirection(), [], settings.GateDays).Promote;
            (claims, promotions, either) = (claims + (claimed ? 1 : 0), promotions + (promoted ? 1 : 0), either + (claimed || promoted ? 1 : 0));
            leaks += audit.Leak is null ? 0 : 1;
            var (share, mean) = forecasts.Policy();
            (picks, policy) = (picks + share, policy + mean);
            foreach (var placebo in training.Placebos.Where(p => p.T is not null))
            {
                var known = placebos.GetValueOrDefault(placebo.Name);
                placebos[placebo.Name] = (known.Alarms + (placebo.Skilful ? 1 : 0), known.Runs + 1, placebo.FalseAlarmRate);
            }
            if ((i + 1) % 10 == 0)
                tell($"null: {i + 1} of {settings.Seeds} worlds, {claims} claims, {promotions} promotions");
        }
        var most = Math.Max(1, (int)Math.Floor(Goal * settings.Seeds));
        var alarmsHold = placebos.Values.All(p => p.Alarms <= (p.Rate * p.Runs) + (Deviations * Math.Sqrt(Math.Max(1, p.Rate * (1 - p.Rate) * p.Runs))));
        var passed = either <= most && picks / settings.Seeds <= MostPicks && alarmsHold && leaks == 0;
        Say($"null: direction claimed in {claims} and promoted on in {promotions} of {settings.Seeds} worlds, in {either} one or both; at most {most} are allowed");
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"null: a strategy picked in {picks / settings.Seeds:0.00 %} of the slots, cash in the rest; {policy / settings.Seeds:0.000} bp a slot"));
        foreach (var (name, placebo) in placebos.OrderBy(p => p.Key, StringComparer.Ordinal))
            Say(string.Create(CultureInfo.InvariantCulture, $"null: placebo '{name}' raised {placebo.Alarms} alarms in {placebo.Runs} trainings, stated are {placebo.Rate:0.0 %}"));
        Say($"null: the rebuild of rows found {leaks} leaks where there are none: {(passed ? "passed" : "failed")}");
        return new ProofReport(lines, passed);

        void Say(string line)
        {
            lines.Add(line);
            tell(line);
        }
    }
}
