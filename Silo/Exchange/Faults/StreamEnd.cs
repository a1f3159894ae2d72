namespace Hts.Exchange.Faults;

/// <summary>How a connection is to end now.</summary>
internal enum StreamEnd
{
    None,
    Broken,
    Closed,
    Announced,
}
