namespace Hts.Postgres;

/// <summary>The embedded PostgreSQL cannot be used; the message is one line that names the cause and the remedy.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
