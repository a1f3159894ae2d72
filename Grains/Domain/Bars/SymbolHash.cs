namespace Hts.Bars;

/// <summary>A number of a symbol's name, the same in every process: what is sampled by it has the same symbols everywhere and always.</summary>
public static class SymbolHash
{
    /// <summary>FNV-1a, 32 bits.</summary>
    public static uint Of(string symbol)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in symbol)
            hash = (hash ^ letter) * 16_777_619u;
        return hash;
    }
}
