namespace Hts.SageMaker;

/// <summary>The request breaks a rule.</summary>
public sealed class ValidationException(string message, string errorCode, int status) : AmazonSageMakerException(message, errorCode, status);
