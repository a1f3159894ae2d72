using System.Runtime.InteropServices;

namespace Hts.DataSets;

/// <summary>A data set in memory, column by column. Rows keep the order in which they came.</summary>
internal sealed class DataSet(DataSetHeader header)
{
    private readonly List<string> symbols = [];
    private readonly Dictionary<string, int> symbolNumbers = new(StringComparer.Ordinal);
    private readonly List<long> baseTs = [];
    private readonly List<int> symbol = [];
    private readonly List<double> sigma = [];
    private readonly List<sbyte> standing = [];
    private readonly List<double> gross = [];
    private readonly List<int> sides = [];
    private readonly int activeCount = header.ActiveCount;

    public DataSetHeader Header { get; } = header;

    public int Count => baseTs.Count;

    public IReadOnlyList<string> Symbols => symbols;

    public FeatureMatrix Features { get; } = new(header.FeatureCount);

    public ReadOnlySpan<long> BaseTs => CollectionsMarshal.AsSpan(baseTs);

    /// <summary>Number of each row's symbol in <see cref="Symbols"/>.</summary>
    public ReadOnlySpan<int> Symbol => CollectionsMarshal.AsSpan(symbol);

    public double Sigma(int row) => sigma[row];

    public ReadOnlySpan<sbyte> Standing(int row) =>
        CollectionsMarshal.AsSpan(standing).Slice(row * activeCount, activeCount);

    public ReadOnlySpan<double> Gross(int row) =>
        CollectionsMarshal.AsSpan(gross).Slice(row * Header.StrategyCount, Header.StrategyCount);

    public ReadOnlySpan<int> Sides(int row) =>
        CollectionsMarshal.AsSpan(sides).Slice(row * Header.StrategyCount, Header.StrategyCount);

    /// <summary>Net return of a strategy, a fraction: gross − cost·sides.</summary>
    public double Net(int row, int strategy) => Gross(row)[strategy] - (Header.CostPerFill * Sides(row)[strategy]);

    /// <summary>Appends a row that has been checked.</summary>
    public void Add(
        string name, long ts, ReadOnlySpan<float> features, double sigmaSlot,
        ReadOnlySpan<sbyte> states, ReadOnlySpan<double> grossReturns, ReadOnlySpan<int> fills)
    {
        if (!symbolNumbers.TryGetValue(name, out var number))
        {
            number = symbols.Count;
            symbols.Add(name);
            symbolNumbers.Add(name, number);
        }
        features.CopyTo(Features.Add());
        symbol.Add(number);
        baseTs.Add(ts);
        sigma.Add(sigmaSlot);
        standing.AddRange(states);
        gross.AddRange(grossReturns);
        sides.AddRange(fills);
    }
}
