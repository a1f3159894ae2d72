namespace Hts.SageMaker;

/// <summary>The name of the job is taken.</summary>
public sealed class ResourceInUseException(string message, string errorCode, int status) : AmazonSageMakerException(message, errorCode, status);
