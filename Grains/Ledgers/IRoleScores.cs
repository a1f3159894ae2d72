namespace Hts.Ledgers;

/// <summary>How roles did beside each other, added up from the ledger. Only rows of the strategy set in force count.</summary>
public interface IRoleScores
{
    /// <summary>
    /// Days with fromTs &lt;= base_ts &lt; toTs, in order: the losses of a role, of the champion's recipe and of <c>cond</c> on the slots
    /// that all three have a loss for.
    /// </summary>
    /// <param name="champion">
    /// Where one of its versions served, that one's loss counts; elsewhere the recipe's as a challenger, never that of what served instead.
    /// </param>
    /// <param name="anchorVersion">The model whose forecasts in the anchor's role count; null for none.</param>
    Task<IReadOnlyList<RoleDay>> Days(
        string role, ServedRecipe champion, string? anchorVersion, long fromTs, long toTs, CancellationToken cancellation);

    /// <summary>What each model that served with fromTs &lt;= base_ts &lt; toTs gained over <c>cond</c> on the slots it served; by version.</summary>
    Task<IReadOnlyList<ServedModel>> Served(long fromTs, long toTs, CancellationToken cancellation);

    /// <summary>Coverage and direction of a role's settled forecasts with fromTs &lt;= base_ts &lt; toTs.</summary>
    Task<RoleFacts> Facts(string role, long fromTs, long toTs, CancellationToken cancellation);

    /// <summary>Every other role's mean loss with fromTs &lt;= base_ts &lt; toTs, and the champion's on the same slots; by name.</summary>
    /// <param name="symbol">Null for all symbols.</param>
    Task<IReadOnlyList<RoleLoss>> Losses(string? symbol, long fromTs, long toTs, CancellationToken cancellation);

    /// <summary>Direction of the champion's settled forecasts with fromTs &lt;= base_ts &lt; toTs, and their errors beside those of <c>cond</c>.</summary>
    /// <param name="symbol">Null for all symbols.</param>
    Task<IReadOnlyList<SkillDay>> Skill(string? symbol, long fromTs, long toTs, CancellationToken cancellation);
}
