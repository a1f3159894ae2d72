using Hts.Ledgers;
using Hts.Models;

namespace Hts.Training;

/// <summary>
/// What served, by recipe: hourly retrains replace each other before one of them has shown anything, what they are made of stays.
/// </summary>
internal sealed class ServedRecipes(IRoleScores scores, IModelStore models)
{
    /// <summary>The models that served with fromTs &lt;= base_ts &lt; toTs under their recipe's name.</summary>
    public async Task<ILookup<string, ServedModel>> Between(long fromTs, long toTs, CancellationToken cancellation)
    {
        var served = await scores.Served(fromTs, toTs, cancellation);
        var recipes = await models.Recipes([.. served.Select(m => m.Version)], cancellation);
        return served.Where(m => recipes.ContainsKey(m.Version)).ToLookup(m => recipes[m.Version]);
    }
}
