namespace Hts.S3Double.SageMaker;

/// <summary>What goes wrong with one training job after it was taken.</summary>
public enum JobFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It fails, since there is no such machine left.</summary>
    NoCapacity,

    /// <summary>It waits for its machine until it is stopped.</summary>
    StuckStarting,

    /// <summary>It has a machine and does nothing on it until it is stopped.</summary>
    StuckTraining,

    /// <summary>It waits for its machine and does not even stop.</summary>
    Unstoppable,

    /// <summary>It completes with an archive that is cut short.</summary>
    TornOutput,
}
