namespace Hts.Hosting;

/// <summary>Environment names of the system this one replaces, and the keys they set here.</summary>
internal static class LegacyNames
{
    private static readonly (string Old, string Key)[] Names =
    [
        ("INFER_INTERVAL_SECONDS", "Prediction:SlotSeconds"),
        ("ML_INTERVAL_SECONDS", "Training:IntervalSeconds"),
        ("SAGEMAKER_ROLE_ARN", "Training:SageMaker:RoleArn"),
        ("SM_TRAIN_INSTANCE", "Training:SageMaker:Instances:0"),
        ("BINANCE_SYMBOL", "Feed:Symbols:0"),
    ];

    /// <summary>Values for keys that are not set under their own names.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Read(IConfiguration configuration) =>
        from name in Names
        let value = configuration[name.Old]
        where !string.IsNullOrWhiteSpace(value) && configuration[name.Key] is null
        select KeyValuePair.Create<string, string?>(name.Key, name.Old == "BINANCE_SYMBOL" ? value.ToUpperInvariant() : value);
}
