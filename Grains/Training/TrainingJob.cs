namespace Hts.Training;

/// <summary>What a training backend needs to know.</summary>
/// <param name="Name">Unique and stable; starting the same name twice gives one job.</param>
/// <param name="ChampionVersion">The serving model; null when there is none.</param>
/// <param name="ChampionUri">Artefact of the serving model to compare with; null when there is none.</param>
public sealed record TrainingJob(string Name, string TrainUri, string? ChampionVersion, string? ChampionUri, int Seed);
