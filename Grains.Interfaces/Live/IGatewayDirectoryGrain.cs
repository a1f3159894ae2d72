namespace Hts.Live;

/// <summary>Which gateways listen; key 0. A gateway that has not renewed for <see cref="LeaseSeconds"/> is forgotten.</summary>
[Alias("hts.gateway-directory")]
public interface IGatewayDirectoryGrain : IGrainWithIntegerKey
{
    const int LeaseSeconds = 60;

    /// <summary>Registers or renews a gateway's observer.</summary>
    [Alias("renew")]
    Task Renew(ILiveObserver observer);

    [Alias("leave")]
    Task Leave(ILiveObserver observer);

    [Alias("list")]
    Task<IReadOnlyList<ILiveObserver>> List();
}
