using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Hts.Postgres;

/// <summary>One numbered step of the schema, from the program's resources.</summary>
/// <param name="Version">Number at the front of its name; steps run in its order and are never changed once published.</param>
/// <param name="Checksum">SHA-256 of the text in lower-case hex.</param>
internal sealed record MigrationScript(int Version, string Name, string Sql, string Checksum)
{
    private const string Prefix = "Hts.Postgres.Sql.";

    public static MigrationScript Create(int version, string name, string sql) =>
        // Line ends differ with the checkout; the meaning does not.
        new(version, name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n")))));

    public static IReadOnlyList<MigrationScript> ReadAll()
    {
        var assembly = typeof(MigrationScript).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => Read(assembly, n))
            .OrderBy(s => s.Version)
            .ToList();
    }

    private static MigrationScript Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[Prefix.Length..];
        return Create(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
