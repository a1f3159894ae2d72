namespace Hts.SageMaker;

/// <summary>A quota of the account is used up.</summary>
public sealed class ResourceLimitExceededException(string message, string errorCode, int status) : AmazonSageMakerException(message, errorCode, status);
