namespace Hts.Access;

/// <summary>Endpoint metadata: which key a call needs once keys are configured. The last one on an endpoint counts.</summary>
internal sealed record AccessRequirement(bool Admin);
