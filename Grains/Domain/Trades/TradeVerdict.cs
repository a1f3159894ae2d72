namespace Hts.Trades;

/// <summary>What became of a trade.</summary>
public enum TradeVerdict
{
    /// <summary>It is in its bar.</summary>
    Accepted,

    /// <summary>Its id was seen before.</summary>
    Duplicate,

    /// <summary>Its bar is final: it came later than bars are revised.</summary>
    TooLate,

    /// <summary>It breaks a rule: see <see cref="TradeRules"/>.</summary>
    Invalid,

    /// <summary>Its interval is marked a hole: other trades of it are lost, so it gives no bar.</summary>
    InHole,
}
