namespace Hts.SageMaker;

/// <summary>There is no such job.</summary>
public sealed class ResourceNotFoundException(string message, string errorCode, int status) : AmazonSageMakerException(message, errorCode, status);
