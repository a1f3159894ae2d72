namespace Hts.SageMaker;

/// <summary>Who asks may not do this, or is not known.</summary>
public sealed class AccessDeniedException(string message, string errorCode, int status) : AmazonSageMakerException(message, errorCode, status)
{
    internal const string NoCredentialsCode = "NoCredentials";

    /// <summary>True when nothing was asked, since there is nothing to sign with.</summary>
    public bool HasNoCredentials => ErrorCode == NoCredentialsCode;
}
