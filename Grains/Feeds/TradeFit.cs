namespace Hts.Feeds;

/// <summary>How a live trade fits to those before it.</summary>
internal enum TradeFit
{
    /// <summary>Its id follows the last one: nothing is missing in between.</summary>
    Next,

    /// <summary>Its id was taken in before.</summary>
    Known,

    /// <summary>Others are missing before it.</summary>
    Ahead,

    /// <summary>It has impossible values: what really happened must be fetched.</summary>
    Unsound,
}
