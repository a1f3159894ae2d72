namespace Hts.Hosting;

/// <summary>One key. It comes from the environment (<c>Gateway__Keys__0__Value</c>) or a file, and is never logged.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Who holds it; shown in logs.</summary>
    public string Name { get; set; } = "";

    /// <summary>The key itself, at least 16 characters; exclusive with <see cref="File"/>.</summary>
    public string? Value { get; set; }

    /// <summary>A file whose first line is the key.</summary>
    public string? File { get; set; }

    /// <summary>Whether it may also change symbols, models and training; bars and embeddings every key may write.</summary>
    public bool Admin { get; set; }
}
