namespace Hts.Objects;

/// <summary>A conditional put lost: the stored object was not (or no longer) what the condition demands. Nothing was written.</summary>
public sealed class ObjectConflictException(string key, PutCondition condition, Exception? inner = null)
    : ObjectStoreException(key, ObjectFault.Conflict, $"'{key}' was not written: the condition '{condition}' does not hold.", inner)
{
    /// <summary>The condition that did not hold.</summary>
    public PutCondition Condition { get; } = condition;
}
