namespace Hts.Postgres;

/// <summary>The row that a queued write is about.</summary>
internal readonly record struct RowKey(string Symbol, long Ts, string Role = "");
