namespace Hts.Live;

/// <summary>A message on its way to one client: the hub method's name and its argument.</summary>
internal sealed record LiveItem(string Kind, LivePayload Payload);
