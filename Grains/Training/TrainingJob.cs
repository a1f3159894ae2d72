namespace Hts.Training;

/// <summary>What a training backend needs to know.</summary>
/// <param name="Name">Unique and stable; starting the same name twice at a place gives one job.</param>
/// <param name="RunTs">The instant it belongs to, Unix ms UTC.</param>
/// <param name="ChampionVersion">The serving model; null when there is none.</param>
/// <param name="ChampionUri">Artefact of the serving model to compare with; null when there is none.</param>
/// <param name="ChampionSha256">Hex SHA-256 that this artefact must have; null when there is none, or in a run begun by an older build.</param>
/// <param name="Place">One of the backend's places.</param>
public sealed record TrainingJob(
    string Name, long RunTs, string TrainUri, string? ChampionVersion, string? ChampionUri, string? ChampionSha256, int Seed, string Place);
