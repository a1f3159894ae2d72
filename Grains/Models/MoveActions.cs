namespace Hts.Models;

/// <summary>What can happen to the serving model.</summary>
internal static class MoveActions
{
    public const string Promote = "promote";
    public const string Rollback = "rollback";

    /// <summary>Another writer's pointer was followed.</summary>
    public const string Take = "take";

    /// <summary>Another writer's pointer was not followed.</summary>
    public const string Refuse = "refuse";

    public const string Pin = "pin";
    public const string Unpin = "unpin";
}
