namespace Hts.Objects;

/// <summary>What must hold of the stored object for a put to happen, checked and written in one step by the store.</summary>
public readonly record struct PutCondition
{
    private PutCondition(bool absent, string? etag)
    {
        RequiresAbsence = absent;
        ETag = etag;
    }

    /// <summary>No condition: the last writer wins.</summary>
    public static PutCondition None => default;

    /// <summary>Only when no object of that key exists.</summary>
    public static PutCondition IfAbsent => new(true, null);

    /// <summary>The object must not exist.</summary>
    public bool RequiresAbsence { get; }

    /// <summary>The version that the object must have, or null.</summary>
    public string? ETag { get; }

    /// <summary>Only when the object still has this version.</summary>
    public static PutCondition IfMatch(string etag)
    {
        ArgumentException.ThrowIfNullOrEmpty(etag);
        return new(false, etag);
    }

    public override string ToString() => RequiresAbsence ? "if absent" : ETag is null ? "always" : $"if version {ETag}";
}
