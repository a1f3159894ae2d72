namespace Hts.SageMaker;

/// <summary>There was no whole answer.</summary>
/// <param name="sent">False when the request cannot have left this machine.</param>
public sealed class SageMakerUnreachableException(string message, bool sent, Exception inner) : AmazonSageMakerException(message, "", 0, inner)
{
    public override bool MayHaveWorked => sent;

    public override bool IsPassing => true;
}
