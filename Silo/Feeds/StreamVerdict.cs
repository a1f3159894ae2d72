namespace Hts.Feeds;

/// <summary>Why a connection's watch gave it up.</summary>
internal enum StreamVerdict
{
    None,

    /// <summary>Nothing came for longer than allowed.</summary>
    Silent,

    /// <summary>Messages came, but no answer to a request.</summary>
    Deaf,

    /// <summary>It reached its planned age.</summary>
    Aged,
}
