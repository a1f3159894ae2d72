namespace Hts.Feeds;

/// <summary>Why an exchange call or connection failed, as far as the caller's next step depends on it.</summary>
public enum ExchangeFault
{
    /// <summary>No answer, a broken connection, or a 5xx: the state is unknown; try again later.</summary>
    Unreachable,

    /// <summary>Connected, but nothing arrived for longer than allowed.</summary>
    Silent,

    /// <summary>The request rate is too high and waiting did not help.</summary>
    RateLimited,

    /// <summary>The exchange has banned this address; nothing is sent until the ban has passed.</summary>
    Banned,

    /// <summary>The request itself is wrong, for example an unknown symbol; repeating it is useless.</summary>
    Rejected,

    /// <summary>The answer could not be understood.</summary>
    Malformed,
}
