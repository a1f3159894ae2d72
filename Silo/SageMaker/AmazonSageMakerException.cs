namespace Hts.SageMaker;

/// <summary>A call failed.</summary>
/// <param name="errorCode">The service's own word for it; empty when there was no answer.</param>
/// <param name="status">HTTP status; 0 when there was no answer.</param>
public class AmazonSageMakerException(string message, string errorCode, int status, Exception? inner = null) : Exception(message, inner)
{
    public string ErrorCode { get; } = errorCode;

    public int StatusCode { get; } = status;

    /// <summary>True when the call may have been carried out all the same.</summary>
    public virtual bool MayHaveWorked => StatusCode >= 500 && StatusCode != 503;

    /// <summary>True when the same call may succeed a little later.</summary>
    public virtual bool IsPassing => StatusCode >= 500 || this is ThrottlingException;

    /// <summary>True when newer credentials may help.</summary>
    public bool IsExpired => ErrorCode is "ExpiredToken" or "ExpiredTokenException" or "RequestExpired";
}
