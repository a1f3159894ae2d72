using Parquet.Schema;

namespace Hts.DataSets;

/// <summary>Columns and metadata keys of a data set file.</summary>
internal static class DataSetSchema
{
    public const int FormatVersion = 1;
    public const string VersionKey = "hts.format_version";
    public const string HeaderKey = "hts.header";

    /// <summary>Most rows of one row group: larger ones cost memory and gain nothing.</summary>
    public const int MaxGroupRows = 20_000;

    /// <summary>The columns in order: symbol, base_ts, sigma_slot, features, standing, gross, sides.</summary>
    public static ParquetSchema Create() => new(
        new DataField<string>("symbol", nullable: false),
        new DataField<long>("base_ts"),
        new DataField<double>("sigma_slot"),
        new ListField("features", new DataField<float>("element")),
        new ListField("standing", new DataField<int>("element")),
        new ListField("gross", new DataField<double>("element")),
        new ListField("sides", new DataField<int>("element")));
}
