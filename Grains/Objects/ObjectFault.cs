namespace Hts.Objects;

/// <summary>Why an object store could not do what it was asked.</summary>
public enum ObjectFault
{
    /// <summary>None of the others; the message says what the store said.</summary>
    Other,

    /// <summary>No connection, a time-out, or the store says that it is overloaded: worth another try later.</summary>
    Unreachable,

    /// <summary>Credentials are missing, expired or not allowed to do this.</summary>
    Denied,

    /// <summary>The bucket or folder itself does not exist.</summary>
    NotFound,

    /// <summary>The key breaks a rule of <see cref="ObjectKey"/>, or this store cannot hold it.</summary>
    BadKey,

    /// <summary>The object is larger than the caller allows.</summary>
    TooLarge,

    /// <summary>No room is left.</summary>
    Full,

    /// <summary>A condition of a put did not hold (<see cref="ObjectConflictException"/>).</summary>
    Conflict,
}
