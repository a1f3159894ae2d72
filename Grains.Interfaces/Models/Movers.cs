namespace Hts.Models;

/// <summary>Who moves the pointer, where it is not the holder of a key.</summary>
public static class Movers
{
    /// <summary>A training whose model passed the gate.</summary>
    public const string Training = "training";

    /// <summary>The command line.</summary>
    public const string Command = "command";

    /// <summary>The header by which the command line makes itself known to REST. It says how a call came, not that it may.</summary>
    public const string ViaHeader = "X-Hts-Via";

    /// <summary>REST without keys.</summary>
    public const string Rest = "rest";

    /// <summary>Somebody who wrote the pointer past this cluster.</summary>
    public const string AnotherWriter = "another writer";
}
