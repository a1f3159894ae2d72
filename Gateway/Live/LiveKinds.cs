namespace Hts.Live;

/// <summary>Names of the hub's messages.</summary>
internal static class LiveKinds
{
    public const string Hello = "hello";
    public const string Bar = "bar";
    public const string Prediction = "prediction";
    public const string Settlement = "settlement";
    public const string Model = "model";
    public const string Event = "event";
    public const string Feed = "feed";
    public const string Resync = "resync";
}
