namespace Hts.Feeds;

/// <summary>Whose request goes first where the exchange limits them.</summary>
public enum Urgency
{
    /// <summary>The live market waits for it.</summary>
    Live,

    /// <summary>History and checks: takes what the live market leaves.</summary>
    Background,
}
