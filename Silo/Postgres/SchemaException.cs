namespace Hts.Postgres;

/// <summary>The database's schema does not fit this program; the message is one line that says what to do.</summary>
public sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);
