namespace Hts.Training;

/// <summary>The state of the training and its history, newest first.</summary>
internal sealed record TrainingView(TrainingStateView State, IReadOnlyList<TrainingRunView> Items, string? NextCursor);
