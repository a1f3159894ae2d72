namespace Hts.SageMaker;

/// <summary>A label for bills and policies.</summary>
public sealed class Tag
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";
}
