using Orleans.Concurrency;

namespace Hts.Audits;

/// <summary>Each night makes yesterday's features again from the tables and tells what differs; key 0.</summary>
[Alias("hts.feature-audit")]
public interface IFeatureAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Sets the night's reminder; safe to repeat.</summary>
    [AlwaysInterleave, Alias("start")]
    Task Start();
}
