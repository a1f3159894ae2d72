namespace Hts.Postgres;

/// <summary>The database refused a row; the message names the rule it broke. Other rows are unharmed.</summary>
public sealed class RowRefusedException(string message, Exception inner) : Exception(message, inner);
