using Hts.DataSets;

namespace Hts.Tests;

/// <summary>
/// Made-up rows with a known truth: gross/σ of every strategy is <c>strength</c> parts a fixed linear signal and the rest noise, sides
/// follow the standing state, so what a learner can find is known beforehand.
/// </summary>
internal sealed class PlantedMarket(int seed, int features = 40, int embeddings = 16, double strength = 0.3)
{
    public const long SlotMs = 600_000;
    private readonly Random random = new(seed);
    private readonly double[] direction = Direction(seed, features);

    public static readonly string[] Strategies = ["trend", "mean_revert", "breakout", "scalper", "long_hold", "short_hold"];

    public DataSetHeader Header { get; } = new("schema-1", features, embeddings, 3_600_000, Strategies, "strategies-1", 0.0005, 15_000, SlotMs);

    public IEnumerable<DataSetRow> Rows(int slots, params string[] symbols)
    {
        for (var slot = 0; slot < slots; slot++)
            foreach (var symbol in symbols.Length == 0 ? ["AAA"] : symbols)
                yield return Row(symbol, 1_600_000_000_000 + (slot * SlotMs) - (1_600_000_000_000 % SlotMs));
    }

    /// <summary>The planted part of gross/σ of the long hold for a row.</summary>
    public double Signal(DataSetRow row) => row.Features.Select((f, i) => f * direction[i]).Sum() * strength;

    public DataSetRow Row(string symbol, long ts)
    {
        var x = new float[features];
        for (var i = 0; i < features; i++)
            x[i] = (float)Normal();
        var signal = x.Select((f, i) => f * direction[i]).Sum() * strength;
        var sigma = 0.002 * (0.5 + random.NextDouble());
        var standing = new sbyte[4];
        var gross = new double[6];
        var sides = new int[6];
        var move = signal + (Math.Sqrt(1 - (strength * strength)) * Normal());
        for (var a = 0; a < 4; a++)
        {
            standing[a] = (sbyte)(random.Next(3) - 1);
            var trades = standing[a] != 0 || random.NextDouble() < 0.15;
            sides[a] = trades ? 2 * (1 + (random.NextDouble() < 0.2 ? 1 : 0)) : 0;
            var own = (0.7 * move) + (0.3 * (signal + Normal()));
            gross[a] = trades ? sigma * own : 0;
        }
        gross[4] = sigma * move;
        gross[5] = -gross[4];
        sides[4] = sides[5] = 2;
        return new DataSetRow(symbol, ts, x, sigma, standing, gross, sides);
    }

    public async Task<string> Write(string folder, int slots, params string[] symbols)
    {
        var path = Path.Combine(folder, "train.parquet");
        await WriteFile(path, Header, Rows(slots, symbols));
        return path;
    }

    public static async Task WriteFile(string path, DataSetHeader header, IEnumerable<DataSetRow> rows, int groupRows = 4096)
    {
        await using var writer = await DataSetWriter.Create(path, header, CancellationToken.None, groupRows);
        foreach (var row in rows)
            await writer.Write(row, CancellationToken.None);
        await writer.Complete(CancellationToken.None);
    }

    private static double[] Direction(int seed, int features)
    {
        var random = new Random(seed + 1);
        var values = Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5).ToArray();
        var norm = Math.Sqrt(values.Sum(v => v * v));
        return [.. values.Select(v => v / norm)];
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
