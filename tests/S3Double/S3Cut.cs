namespace Hts.S3Double;

/// <summary>Where the connection is cut.</summary>
public enum S3Cut
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>The request has no effect and no answer.</summary>
    BeforeTheWork,

    /// <summary>The request has its effect, the answer is lost.</summary>
    AfterTheWork,

    /// <summary>Half of the answer's body arrives.</summary>
    WithinTheAnswer,

    /// <summary>Nowhere, but half of the answer's body arrives and nothing after it, for as long as the caller waits.</summary>
    NeverWithinTheAnswer,
}
