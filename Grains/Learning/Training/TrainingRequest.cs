namespace Hts.Training;

/// <summary>What to train.</summary>
/// <param name="DataSetPath">A data set file.</param>
/// <param name="OutputDirectory">Where the artefact and the report go; made when missing.</param>
/// <param name="Members">Names of <see cref="Models.MemberKinds"/>; <c>cond</c> is always fitted as a reference.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="ChampionPath">Artefact of the model in use, to be compared with; null when there is none.</param>
/// <param name="CheckpointDirectory">Where fitted members are kept for a next start, and found by it; null to keep none.</param>
/// <param name="FirstModelDays">
/// Whole days that the test part must hold for another candidate than <c>cond</c> when no model in use can be compared with: what the gate
/// asks for, since it lets only <c>cond</c> start on less. 0 lets any model be the first.
/// </param>
/// <param name="ChampionSha256">Hex SHA-256 that the artefact of the model in use must have; null to take any.</param>
public sealed record TrainingRequest(
    string DataSetPath, string OutputDirectory, IReadOnlyList<string> Members, int Seed = 1, string? ChampionPath = null,
    string? CheckpointDirectory = null, int FirstModelDays = 0, string? ChampionSha256 = null);
