namespace Hts.Objects;

/// <summary>
/// An object store could not serve a call. The message names the object's URI or key and the cause in one line. Grains answer with it
/// too, so its fault travels with it.
/// </summary>
[GenerateSerializer, Alias("hts.object-store-error")]
public class ObjectStoreException(string key, ObjectFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The key, or the prefix of a listing.</summary>
    [Id(0)]
    public string Key { get; } = key;

    /// <summary>The kind of failure.</summary>
    [Id(1)]
    public ObjectFault Fault { get; } = fault;
}
