namespace Hts.Scores;

/// <summary>Scores of every strategy of a set and of all together. Boards of parts (symbols, days) merge into one.</summary>
/// <param name="names">The strategies' names, in the set's order.</param>
public sealed class ScoreBoard(IReadOnlyList<string> names)
{
    private readonly ScoreAccumulator[] strategies = [.. names.Select(_ => new ScoreAccumulator())];
    private readonly ScoreAccumulator pooled = new();

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>All strategies together; one slot counts once for each.</summary>
    public Score Pooled => pooled.ToScore();

    public void Add(int strategy, in Scoring scoring)
    {
        strategies[strategy].Add(scoring);
        pooled.Add(scoring);
    }

    public Score Of(int strategy) => strategies[strategy].ToScore();

    /// <exception cref="ArgumentException">The other board has other strategies.</exception>
    public void Merge(ScoreBoard other)
    {
        if (!Names.SequenceEqual(other.Names))
            throw new ArgumentException($"Boards of {string.Join(',', Names)} and {string.Join(',', other.Names)} do not merge.", nameof(other));
        for (var i = 0; i < strategies.Length; i++)
            strategies[i].Merge(other.strategies[i]);
        pooled.Merge(other.pooled);
    }
}
