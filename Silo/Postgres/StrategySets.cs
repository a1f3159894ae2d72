using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// The strategies in force and those of older rows: arrays are stored in the order of their day and read in today's.
/// A strategy that a row knows nothing of reads as NaN.
/// </summary>
internal sealed partial class StrategySets
{
    private readonly NpgsqlDataSource database;
    private readonly ConcurrentDictionary<short, int[]?> orders = new();

    private StrategySets(NpgsqlDataSource database, IReadOnlyList<string> names)
    {
        this.database = database;
        Names = names;
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Key of the set in force.</summary>
    public short Current { get; private set; }

    /// <exception cref="ArgumentException">A name cannot be part of a column's name, or stands twice.</exception>
    public static async Task<StrategySets> Open(NpgsqlDataSource database, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            if (!ColumnPart().IsMatch(name))
                throw new ArgumentException($"The strategy name '{name}' cannot name a column; allowed: a-z, 0-9 and _, at most 40, a letter first.");
        }

        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException("The set of strategies is empty or names one twice.");

        var sets = new StrategySets(database, names.ToArray());
        await using var command = database.CreateCommand(
            """
            WITH made AS (INSERT INTO hts.strategy_sets (names) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM hts.strategy_sets WHERE names = $1)
                ON CONFLICT (names) DO NOTHING RETURNING id)
            SELECT id FROM made UNION ALL SELECT id FROM hts.strategy_sets WHERE names = $1
            """);
        command.Parameters.Add(new() { Value = names.ToArray() });
        // Empty only when another process made the set between the two halves of the statement: then it is there now.
        var id = await command.ExecuteScalarAsync(cancellation) ?? await command.ExecuteScalarAsync(cancellation);
        sets.Current = (short)id!;
        sets.orders[sets.Current] = null;
        return sets;
    }

    /// <summary>Reads an array column of a row in today's order; null stays null.</summary>
    public async ValueTask<double[]?> Doubles(NpgsqlDataReader reader, int column, short set, CancellationToken cancellation) =>
        await reader.IsDBNullAsync(column, cancellation)
            ? null
            : Reorder(reader.GetFieldValue<double[]>(column), await OrderOf(set, cancellation), double.NaN);

    /// <summary>As <see cref="Doubles"/>; an unknown strategy reads as 0.</summary>
    public async ValueTask<int[]?> Integers(NpgsqlDataReader reader, int column, short set, CancellationToken cancellation) =>
        await reader.IsDBNullAsync(column, cancellation)
            ? null
            : Reorder(reader.GetFieldValue<int[]>(column), await OrderOf(set, cancellation), 0);

    /// <exception cref="ArgumentException">The array does not have one value per strategy.</exception>
    public void Require(Array? values, string what)
    {
        if (values is not null && values.Length != Names.Count)
            throw new ArgumentException($"{what} has {values.Length} values, the set has {Names.Count} strategies.");
    }

    private static T[] Reorder<T>(T[] stored, int[]? order, T missing) =>
        order is null ? stored : Array.ConvertAll(order, at => at >= 0 && at < stored.Length ? stored[at] : missing);

    /// <summary>For each of today's strategies its place in the stored set, −1 for none; null when the orders are the same.</summary>
    private async ValueTask<int[]?> OrderOf(short set, CancellationToken cancellation)
    {
        if (orders.TryGetValue(set, out var order))
            return order;
        await using var command = database.CreateCommand("SELECT names FROM hts.strategy_sets WHERE id = $1");
        command.Parameters.Add(new() { Value = set });
        var names = (string[])(await command.ExecuteScalarAsync(cancellation) ?? throw new SchemaException($"The database names no strategy set {set}."));
        order = Names.Select(n => Array.IndexOf(names, n)).ToArray();
        orders[set] = order;
        return order;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex ColumnPart();
}
