namespace Hts.Training;

/// <summary>A prepared data set in object storage.</summary>
/// <param name="Uri">Address of train.parquet.</param>
/// <param name="Rows">Rows with a label.</param>
/// <param name="LeftOut">Windows left out, by cause.</param>
/// <param name="Leak">Why the data set cannot be believed: its features know the future; null when none was found.</param>
/// <param name="BackfilledTextRows">Rows that hold a text which came in after their instant.</param>
public sealed record DataSetInfo(string Uri, long Rows, IReadOnlyDictionary<string, long> LeftOut, string? Leak = null, long BackfilledTextRows = 0);
