namespace Hts.Ledgers;

/// <summary>Names of the models that predict a slot: the champion, and shadows that predict and settle beside it without being followed.</summary>
public static class Roles
{
    /// <summary>The model whose pick counts.</summary>
    public const string Champion = "champion";

    /// <summary>The table that the champion stands on, alone.</summary>
    public const string Cond = "cond";

    /// <summary>The champion's linear member alone.</summary>
    public const string Ridge = "ridge";

    /// <summary>The champion with all embeddings taken away: what the texts are worth.</summary>
    public const string NewsBlind = "news-blind";

    /// <summary>The best model of the last weeks.</summary>
    public const string Anchor = "anchor";

    private const string Challenger = "challenger:";

    /// <summary>The newest model of a recipe, whether it serves or not.</summary>
    /// <param name="recipe">A model's kind, and an average's members, as "average(mlp,ridge)".</param>
    public static string ChallengerOf(string recipe) => Challenger + recipe;
}
