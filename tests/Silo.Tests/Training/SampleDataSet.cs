using Hts.DataSets;

namespace Hts.Tests.Training;

/// <summary>A small data set with a direction in it that can be learned.</summary>
internal static class SampleDataSet
{
    private const int Features = 24;
    private const int Embeddings = 8;
    private const long SlotMs = 600_000;

    public static async Task<string> Write(string folder, int rows)
    {
        var path = Path.Combine(folder, "train.parquet");
        var random = new Random(1);
        var header = new DataSetHeader(
            "features", Features, Embeddings, 3_600_000, ["trend", "mean_revert", "breakout", "scalper", "long_hold", "short_hold"], "strategies",
            0.0005, 15_000, SlotMs);
        await using var writer = await DataSetWriter.Create(path, header, CancellationToken.None);
        for (var slot = 0; slot < rows; slot++)
        {
            var features = new float[Features];
            for (var i = 0; i < Features; i++)
                features[i] = random.NextSingle() - 0.5f;
            var move = (features[0] * 0.01) + ((random.NextDouble() - 0.5) * 0.01);
            await writer.Write(
                new DataSetRow("BTCUSDT", slot * SlotMs, features, 0.003, [0, 1, 0, -1], [0, move, 0, -move, move, -move], [0, 2, 0, 2, 2, 2]),
                CancellationToken.None);
        }
        await writer.Complete(CancellationToken.None);
        return path;
    }
}
