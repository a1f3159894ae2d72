namespace Hts.Feeds;

internal enum FeedMessageKind
{
    /// <summary>An aggregate or single trade.</summary>
    Trade,

    /// <summary>The answer to a control request; its id tells which.</summary>
    Answer,

    /// <summary>A control request was refused.</summary>
    Refusal,

    /// <summary>The exchange is about to close the connection.</summary>
    Shutdown,

    /// <summary>A well-formed message of another kind, or of a symbol that was not asked for.</summary>
    Foreign,

    /// <summary>No JSON, or a trade with impossible values.</summary>
    Malformed,
}
