namespace Hts.Predictions;

/// <summary>One that forecasts beside the champion.</summary>
/// <param name="Role">One of <see cref="Ledgers.Roles"/>.</param>
/// <param name="Version">The model it is, or is a part of.</param>
/// <param name="Name">What the forecaster knows it by.</param>
/// <param name="NewsBlind">All embeddings are taken away from its features.</param>
internal sealed record Shadow(string Role, string Version, string Name, bool NewsBlind = false);
