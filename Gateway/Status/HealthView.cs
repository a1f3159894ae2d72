namespace Hts.Status;

/// <summary>"ok" when the process answers, "ready" when the cluster does too.</summary>
internal sealed record HealthView(string Status);
