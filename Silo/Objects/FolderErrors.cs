namespace Hts.Objects;

/// <summary>Tells the failures of a file system apart.</summary>
internal static class FolderErrors
{
    private const int NoSpaceErrno = 28;
    private const int QuotaErrno = 122;
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int WindowsSharing = unchecked((int)0x80070020);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>True when somebody else holds the file's lock. On Unix .NET leaves the errno in HResult.</summary>
    public static bool IsLocked(IOException error) => error.HResult is WindowsSharing
        || (OperatingSystem.IsMacOS() ? error.HResult == WouldBlockMac : error.HResult == WouldBlockLinux);

    /// <summary>True for what file calls throw.</summary>
    public static bool IsFileError(Exception error) => error is IOException or UnauthorizedAccessException;

    public static ObjectStoreException Translate(string key, string root, Exception error)
    {
        var fault = error switch
        {
            UnauthorizedAccessException => ObjectFault.Denied,
            { HResult: NoSpaceErrno or QuotaErrno or WindowsDiskFull } => ObjectFault.Full,
            DirectoryNotFoundException or DriveNotFoundException => ObjectFault.NotFound,
            PathTooLongException => ObjectFault.BadKey,
            _ => ObjectFault.Other,
        };
        return new(key, fault, $"'{key}' in the folder '{root}': {error.Message}", error);
    }
}
