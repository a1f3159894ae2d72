namespace Hts.Objects;

/// <summary>An object store could not serve a call. The message names the object's URI or key and the cause in one line.</summary>
public class ObjectStoreException(string key, ObjectFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The key, or the prefix of a listing.</summary>
    public string Key { get; } = key;

    /// <summary>The kind of failure.</summary>
    public ObjectFault Fault { get; } = fault;
}
