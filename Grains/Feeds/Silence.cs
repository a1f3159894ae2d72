namespace Hts.Feeds;

/// <summary>What it means that a symbol has no trades.</summary>
internal enum Silence
{
    /// <summary>Nobody knows yet: the exchange has not said whether it trades.</summary>
    Untold,

    /// <summary>The market is quiet.</summary>
    Quiet,

    /// <summary>Trading is halted.</summary>
    Halt,

    /// <summary>Nobody knows, and the exchange's word is not waited for any longer.</summary>
    Unknown,
}
