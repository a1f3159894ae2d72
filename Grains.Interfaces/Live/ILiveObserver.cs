using Orleans.Concurrency;

namespace Hts.Live;

/// <summary>A gateway that passes live messages on to its clients.</summary>
[Alias("hts.live-observer")]
public interface ILiveObserver : IGrainObserver
{
    /// <summary>Takes a batch in order; must return at once.</summary>
    [OneWay, Alias("receive")]
    Task Receive(IReadOnlyList<LiveMessage> messages);
}
