namespace Hts.Live;

/// <summary>A gateway that passes live messages on to its clients.</summary>
[Alias("hts.live-observer")]
public interface ILiveObserver : IGrainObserver
{
    /// <summary>Takes a batch; must return at once. The next one comes when this one is taken, which keeps them in order.</summary>
    /// <param name="lost">How many messages before these are known not to have arrived.</param>
    [ResponseTimeout("00:00:30"), Alias("receive")]
    Task Receive(IReadOnlyList<LiveMessage> messages, int lost);
}
