using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Hts.Proofs;

namespace Hts.Commands;

/// <summary>The part of <c>evaluate</c> that runs on made-up markets, whose truth is known.</summary>
internal sealed class SyntheticProof
{
    private const string Planted = "planted";
    private const string Null = "null";
    private const string Leak = "leak";

    private readonly Option<string?> kind = new("--synthetic")
    {
        Description = $"A proof on made-up markets instead of an evaluation: {Planted}, {Null} or {Leak}; exit code 1 when its goal is missed.",
    };

    private readonly Option<int?> seeds = new("--seeds") { Description = $"Made-up worlds; by default 4 for {Planted}, 200 for {Null}." };
    private readonly Option<int> firstSeed = new("--first-seed") { Description = "Seed of the first of them.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> slots = new("--slots") { Description = "Slots a symbol that are trained on.", DefaultValueFactory = _ => 1500 };

    public void AddTo(Command command)
    {
        kind.AcceptOnlyFromAmong(Planted, Null, Leak);
        seeds.Validators.Add(result => Within(result, 1, 10_000));
        slots.Validators.Add(result => Within(result, 150, 20_000));
        command.Add(kind);
        command.Add(seeds);
        command.Add(firstSeed);
        command.Add(slots);
    }

    public bool Wanted(ParseResult parsed) => parsed.GetValue(kind) is not null;

    /// <summary>Prints the figures and keeps them in the report's folder.</summary>
    public async Task<int> Run(ParseResult parsed, DirectoryInfo folder, CancellationToken cancellation)
    {
        var name = parsed.GetValue(kind)!;
        var settings = new ProofSettings
        {
            Slots = parsed.GetValue(slots),
            Seeds = parsed.GetValue(seeds) ?? (name == Null ? 200 : 4),
            FirstSeed = parsed.GetValue(firstSeed),
        };
        var report = name switch
        {
            Planted => await new PlantedProof(settings).Run(Console.WriteLine, cancellation),
            Null => await new NullProof(settings).Run(Console.WriteLine, cancellation),
            _ => await new LeakProof(settings).Run(Console.WriteLine, cancellation),
        };
        folder.Create();
        await File.WriteAllLinesAsync(Path.Combine(folder.FullName, $"synthetic-{name}.txt"), report.Lines, cancellation);
        return report.Passed ? 0 : 1;
    }

    private static void Within(OptionResult result, int least, int most)
    {
        // What is no number the parser tells by itself.
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
            result.AddError($"{result.Option.Name} {value}: {least} to {most} is allowed.");
    }
}
