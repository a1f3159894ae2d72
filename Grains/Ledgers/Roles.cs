namespace Hts.Ledgers;

/// <summary>Names of the models that predict a slot.</summary>
public static class Roles
{
    /// <summary>The model whose pick counts.</summary>
    public const string Champion = "champion";
}
