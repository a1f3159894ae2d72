namespace Hts.Status;

/// <summary>Facts about the running system; stateless, key 0.</summary>
[Alias("hts.system")]
public interface ISystemGrain : IGrainWithIntegerKey
{
    [Alias("status")]
    Task<SystemStatus> Status();
}
