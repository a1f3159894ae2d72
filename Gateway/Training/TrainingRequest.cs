using System.Text.Json.Serialization;

namespace Hts.Training;

/// <summary>Asks for a run now; the reason is kept in the history.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TrainingRequest(string? Reason = null);
