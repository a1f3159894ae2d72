namespace Hts.SageMaker;

/// <summary>An input: a folder of its name below input/data.</summary>
public sealed class Channel
{
    public string ChannelName { get; set; } = "";

    public DataSource DataSource { get; set; } = new();
}
