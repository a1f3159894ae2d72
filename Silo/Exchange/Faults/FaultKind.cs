namespace Hts.Exchange.Faults;

/// <summary>What can go wrong at the built-in exchange. A rate says how likely it is.</summary>
internal enum FaultKind
{
    /// <summary>The connection breaks off. Chance a trade message.</summary>
    Disconnect,

    /// <summary>The connection is closed in order but without a warning. Chance a trade message.</summary>
    Close,

    /// <summary>serverShutdown is announced, then the connection closed. Chance a trade message.</summary>
    Shutdown,

    /// <summary>The connection stays but nothing at all is sent any more. Chance a trade message.</summary>
    Stall,

    /// <summary>Trades of the symbol are dropped for some minutes while everything else goes on. Chance a trade message.</summary>
    Withhold,

    /// <summary>The message comes twice, the second time at once or much later. Chance a trade message.</summary>
    Duplicate,

    /// <summary>The message changes places with the next one. Chance a trade message.</summary>
    Reorder,

    /// <summary>The message comes seconds or minutes late. Chance a trade message.</summary>
    Late,

    /// <summary>The message does not come. Chance a trade message.</summary>
    Lost,

    /// <summary>A false message with an id far ahead or behind comes before it. Chance a trade message.</summary>
    Sequence,

    /// <summary>Rubbish, a cut message or impossible values come in its place. Chance a trade message.</summary>
    Malformed,

    /// <summary>A message of another kind or symbol comes beside it. Chance a trade message.</summary>
    Foreign,

    /// <summary>An attempt to connect is refused. Chance an attempt.</summary>
    Refuse,

    /// <summary>429 with Retry-After. Chance a request.</summary>
    TooMany,

    /// <summary>418 with Retry-After. Chance a request.</summary>
    Ban,

    /// <summary>A 5xx with a page for people. Chance a request.</summary>
    ServerError,

    /// <summary>The answer takes longer than clients wait. Chance a request.</summary>
    Slow,

    /// <summary>The answer is cut. Chance a request.</summary>
    Cut,

    /// <summary>REST does not know the newest trades yet. Chance a request.</summary>
    Lag,

    /// <summary>The symbol is halted for some minutes: there are no trades at all. Chance an hour and symbol.</summary>
    Halt,
}
