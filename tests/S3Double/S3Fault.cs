namespace Hts.S3Double;

/// <summary>What goes wrong with one request.</summary>
public sealed record S3Fault
{
    /// <summary>The answer instead of the work.</summary>
    public S3Error? Error { get; private init; }

    /// <summary>Where the connection is cut.</summary>
    public S3Cut Cut { get; private init; }

    /// <summary>How long the request waits first.</summary>
    public TimeSpan Latency { get; private init; }

    public static S3Fault SlowDown { get; } = new() { Error = new(503, "SlowDown", "Please reduce your request rate.") };

    public static S3Fault AccessDenied { get; } = new() { Error = new(403, "AccessDenied", "Access Denied") };

    public static S3Fault ExpiredToken { get; } = new() { Error = new(400, "ExpiredToken", "The provided token has expired.") };

    /// <summary>An error answer of any kind.</summary>
    public static S3Fault Refuse(int status, string code, string message = "as the test wants it") => new() { Error = new(status, code, message) };

    public static S3Fault LostRequest { get; } = new() { Cut = S3Cut.BeforeTheWork };

    public static S3Fault LostAnswer { get; } = new() { Cut = S3Cut.AfterTheWork };

    public static S3Fault TornAnswer { get; } = new() { Cut = S3Cut.WithinTheAnswer };

    public static S3Fault StalledAnswer { get; } = new() { Cut = S3Cut.NeverWithinTheAnswer };

    public static S3Fault Wait(TimeSpan latency) => new() { Latency = latency };
}
