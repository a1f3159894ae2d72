using System.CommandLine;
using Hts.Evaluation;
using Hts.Gates;
using Hts.Hosting;
using Hts.Intervals;
using Hts.Models;
using Hts.Policies;

namespace Hts.Commands;

/// <summary>
/// How <c>evaluate</c> walks: section <c>Evaluation</c>, and options of the command line over it. Selection, intervals and gate are set where
/// the live system has them.
/// </summary>
internal sealed class EvaluateSettings
{
    private readonly Option<string?> members = new("--members")
    {
        Description = $"Members to train, separated by commas: {string.Join(',', MemberKinds.All)}, all by default.",
    };

    private readonly Option<int?> retrainDays = new("--retrain-days") { Description = "Days between two trainings; 7 by default." };
    private readonly Option<int?> startDays = new("--start-days") { Description = "Days of data before the first scored slot; 28 by default." };
    private readonly Option<int?> draws = new("--draws") { Description = "Draws of the bootstrap; 1000 by default." };
    private readonly Option<int?> seed = new("--seed") { Description = "Seed of everything random; 1 by default." };
    private readonly Option<int?> parallel = new("--parallel") { Description = "Trainings at the same time; 2 by default." };
    private readonly Option<bool> noAblation = new("--no-ablation") { Description = "Do not leave out groups of features in turn." };

    public static EvaluationOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Evaluation");
        var options = section.Get<EvaluationOptions>() ?? new EvaluationOptions();
        // Binding adds to a list's defaults; a list that is set means itself alone.
        options.Members = section.GetSection("Members").Get<string[]>() ?? MemberKinds.All;
        // The live system's own settings: what is evaluated is what would serve.
        options.Selection = configuration.GetSection("Prediction").Get<SelectionOptions>() ?? options.Selection;
        options.Intervals = configuration.GetSection("Prediction:Intervals").Get<IntervalOptions>() ?? options.Intervals;
        options.Gate = configuration.GetSection("Training:Gate").Get<GateOptions>() ?? options.Gate;
        return options;
    }

    /// <exception cref="UserErrorException">A value is not allowed; the line names its key.</exception>
    public static void Check(EvaluationOptions options)
    {
        HtsConfiguration.Check("Prediction", options.Selection.Validate);
        HtsConfiguration.Check("Prediction:Intervals", options.Intervals.Validate);
        HtsConfiguration.Check("Training:Gate", options.Gate.Validate);
        HtsConfiguration.Check("Evaluation", options.Validate);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[members, retrainDays, startDays, draws, seed, parallel, noAblation])
            command.Add(option);
    }

    public void Apply(ParseResult parsed, EvaluationOptions options)
    {
        if (parsed.GetValue(members) is { } names)
            options.Members = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        options.RetrainDays = parsed.GetValue(retrainDays) ?? options.RetrainDays;
        options.StartDays = parsed.GetValue(startDays) ?? options.StartDays;
        options.Draws = parsed.GetValue(draws) ?? options.Draws;
        options.Seed = parsed.GetValue(seed) ?? options.Seed;
        options.Parallel = parsed.GetValue(parallel) ?? options.Parallel;
        options.Ablation &= !parsed.GetValue(noAblation);
    }
}
