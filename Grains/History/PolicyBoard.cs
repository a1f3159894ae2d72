using Hts.Policies;

namespace Hts.History;

/// <summary>The champion's picks beside the ways to choose that know nothing but past outcomes, each symbol on its own. Returns in percent.</summary>
internal sealed class PolicyBoard(int strategies)
{
    private const ulong Seed = 20_180;

    private readonly Dictionary<string, Book> symbols = [];

    /// <summary>Plays a settled slot; a symbol's slots come in the order of time.</summary>
    /// <param name="pick">What the champion chose; null for cash.</param>
    public void Play(string symbol, int? pick, double[] outcomePct)
    {
        if (!Array.TrueForAll(outcomePct, double.IsFinite))
            return;
        if (!symbols.TryGetValue(symbol, out var book))
            symbols[symbol] = book = new Book(strategies);
        book.Play(pick, outcomePct);
    }

    /// <summary>The model's first, then the others; empty before the first slot.</summary>
    public IReadOnlyList<PolicyScore> ToScores()
    {
        Book[] books = [.. symbols.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value)];
        var slots = books.Sum(b => b.Slots);
        if (slots == 0)
            return [];
        var best = books.Sum(b => b.BestInHindsight);
        var names = books[0].Baselines.Select(b => b.Name).Prepend("model").ToArray();
        return
        [
            .. names.Select((name, i) =>
            {
                var total = books.Sum(b => i == 0 ? b.Model : b.Baselines[i - 1].MeanNet.GetValueOrDefault() * b.Slots);
                return new PolicyScore(name, slots, total / slots, (best - total) / slots);
            }),
        ];
    }

    private sealed class Book(int strategies)
    {
        private readonly double[] totals = new double[strategies];

        public IReadOnlyList<PolicyRun> Baselines { get; } = Policies.Baselines.For(strategies, Seed);

        public int Slots { get; private set; }

        public double Model { get; private set; }

        /// <summary>Total of the best fixed strategy, or of cash when all lost.</summary>
        public double BestInHindsight => Math.Max(0, totals.Max());

        public void Play(int? pick, double[] outcomePct)
        {
            Slots++;
            Model += pick is { } strategy ? outcomePct[strategy] : 0;
            foreach (var run in Baselines)
                run.Play(outcomePct);
            for (var i = 0; i < totals.Length; i++)
                totals[i] += outcomePct[i];
        }
    }
}
