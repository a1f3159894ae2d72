namespace Hts.Imports;

/// <summary>The bars of files, read once. Bars of one symbol ascend by time.</summary>
internal interface IBarTape
{
    IEnumerable<SymbolBar> Read();

    /// <summary>What the reading of one symbol came to, in words; null where there is nothing to add.</summary>
    string? Summary(string symbol);
}
