using Hts.Bars;
using Npgsql;

namespace Hts.Postgres;

/// <summary>The lengths of bars and slots that all bars of a database have.</summary>
internal static class StoredGrid
{
    public static async Task Require(NpgsqlDataSource database, Grid grid, bool mayBeFirst, CancellationToken cancellation)
    {
        if (mayBeFirst)
        {
            await using var record = database.CreateCommand("INSERT INTO hts.grid (bar_ms, slot_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING");
            record.Add(grid.BarMs, grid.SlotMs);
            await record.ExecuteNonQueryAsync(cancellation);
        }

        await using var look = database.CreateCommand("SELECT bar_ms, slot_ms FROM hts.grid");
        await using var reader = await look.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return;
        var (barMs, slotMs) = (reader.GetInt64(0), reader.GetInt64(1));
        if ((barMs, slotMs) != (grid.BarMs, grid.SlotMs))
        {
            throw new SchemaException(
                $"The database has bars of {barMs / 1_000} s and slots of {slotMs / 1_000} s; Features:BarSeconds is {grid.BarMs / 1_000} and "
                + $"Prediction:SlotSeconds {grid.SlotMs / 1_000} here: set them alike, or use a database of its own.");
        }
    }
}
