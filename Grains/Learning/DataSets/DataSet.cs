using System.Runtime.InteropServices;

namespace Hts.DataSets;

/// <summary>
/// A data set in memory, column by column. Rows keep the order in which they came; a view (<see cref="Choose"/>) has rows of another in an
/// order of its own and shares their values.
/// </summary>
internal sealed class DataSet
{
    private readonly List<string> symbols = [];
    private readonly Dictionary<string, int> symbolNumbers = new(StringComparer.Ordinal);
    private readonly List<long> baseTs = [];
    private readonly List<int> symbol = [];
    private readonly List<double> sigma = [];
    private readonly List<sbyte> standing = [];
    private readonly List<double> gross = [];
    private readonly List<int> sides = [];
    private readonly int activeCount;
    private readonly int[]? chosen;

    public DataSet(DataSetHeader header)
    {
        Header = header;
        activeCount = header.ActiveCount;
        Features = new FeatureMatrix(header.FeatureCount);
    }

    private DataSet(DataSet of, ReadOnlySpan<int> rows)
    {
        (Header, activeCount, symbols, symbolNumbers) = (of.Header, of.activeCount, of.symbols, of.symbolNumbers);
        (sigma, standing, gross, sides) = (of.sigma, of.standing, of.gross, of.sides);
        Features = of.Features.Choose(rows);
        chosen = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            chosen[i] = of.Place(rows[i]);
            baseTs.Add(of.baseTs[rows[i]]);
            symbol.Add(of.symbol[rows[i]]);
        }
    }

    public DataSetHeader Header { get; }

    public int Count => baseTs.Count;

    /// <summary>Rows of the file that were passed over because there was no room: those of symbols that were left out, and older ones.</summary>
    public long OlderRows { get; set; }

    /// <summary>Symbols of the file that were left out because there was no room.</summary>
    public int SymbolsLeftOut { get; set; }

    public IReadOnlyList<string> Symbols => symbols;

    public FeatureMatrix Features { get; }

    public ReadOnlySpan<long> BaseTs => CollectionsMarshal.AsSpan(baseTs);

    /// <summary>Number of each row's symbol in <see cref="Symbols"/>.</summary>
    public ReadOnlySpan<int> Symbol => CollectionsMarshal.AsSpan(symbol);

    public double Sigma(int row) => sigma[Place(row)];

    public ReadOnlySpan<sbyte> Standing(int row) =>
        CollectionsMarshal.AsSpan(standing).Slice(Place(row) * activeCount, activeCount);

    public ReadOnlySpan<double> Gross(int row) =>
        CollectionsMarshal.AsSpan(gross).Slice(Place(row) * Header.StrategyCount, Header.StrategyCount);

    public ReadOnlySpan<int> Sides(int row) =>
        CollectionsMarshal.AsSpan(sides).Slice(Place(row) * Header.StrategyCount, Header.StrategyCount);

    /// <summary>Net return of a strategy, a fraction: gross − cost·sides.</summary>
    public double Net(int row, int strategy) => Gross(row)[strategy] - (Header.CostPerFill * Sides(row)[strategy]);

    /// <summary>Appends a row that has been checked.</summary>
    public void Add(
        string name, long ts, ReadOnlySpan<float> features, double sigmaSlot,
        ReadOnlySpan<sbyte> states, ReadOnlySpan<double> grossReturns, ReadOnlySpan<int> fills)
    {
        features.CopyTo(Features.Add());
        if (!symbolNumbers.TryGetValue(name, out var number))
        {
            number = symbols.Count;
            symbols.Add(name);
            symbolNumbers.Add(name, number);
        }
        symbol.Add(number);
        baseTs.Add(ts);
        sigma.Add(sigmaSlot);
        standing.AddRange(states);
        gross.AddRange(grossReturns);
        sides.AddRange(fills);
    }

    /// <summary>A view of the given rows in the order given.</summary>
    public DataSet Choose(ReadOnlySpan<int> rows) => new(this, rows);

    private int Place(int row) => chosen is null ? row : chosen[row];
}
