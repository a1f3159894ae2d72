namespace Hts.SageMaker;

/// <summary>Too many requests: this one was not carried out.</summary>
public sealed class ThrottlingException(string message, string errorCode, int status) : AmazonSageMakerException(message, errorCode, status);
