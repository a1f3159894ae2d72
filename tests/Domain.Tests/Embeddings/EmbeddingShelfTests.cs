using CsCheck;
using Hts.Embeddings;

namespace Hts.Tests.Embeddings;

public sealed class EmbeddingShelfTests
{
    private static readonly float[] Values = new float[HashingEmbedder.Dimensions];

    [Fact]
    public void The_newest_that_was_known_is_used()
    {
        var shelf = new EmbeddingShelf();
        shelf.Add(new(600, 600, Values));
        shelf.Add(new(1200, 1300, Values));
        shelf.Newest(599).ShouldBeNull();
        shelf.Newest(1200)!.BaseTs.ShouldBe(600);
        shelf.Newest(1300)!.BaseTs.ShouldBe(1200);
    }

    [Fact]
    public void The_first_one_of_an_instant_stays()
    {
        var shelf = new EmbeddingShelf();
        shelf.Add(new(600, 600, Values)).ShouldBeTrue();
        shelf.Add(new(600, 700, Values)).ShouldBeFalse();
        shelf.Newest(10_000)!.KnownAtMs.ShouldBe(600);
    }

    [Fact]
    public void Adding_a_later_one_never_changes_an_earlier_answer() =>
        Gen.Select(Gen.Long[0, 40], Gen.Long[0, 10]).Array[1, 30].Sample(items =>
        {
            var shelf = new EmbeddingShelf(capacity: 100);
            var answers = new List<(long At, Embedding? Answer)>();
            foreach (var (baseTs, delay) in items.OrderBy(item => item.Item1 + item.Item2))
            {
                var knownAt = baseTs + delay;
                // All that was known before this one has arrived: answers for times before it are final.
                answers.Add((knownAt - 1, shelf.Newest(knownAt - 1)));
                shelf.Add(new(baseTs, knownAt, Values));
                foreach (var (at, answer) in answers)
                    if (shelf.Newest(at) != answer)
                        return false;
            }

            return true;
        });

    [Fact]
    public void A_question_beyond_what_is_kept_is_refused()
    {
        var shelf = new EmbeddingShelf(capacity: 2);
        for (var ts = 600; ts <= 1800; ts += 600)
            shelf.Add(new(ts, ts, Values));
        shelf.Newest(1200)!.BaseTs.ShouldBe(1200);
        Should.Throw<ArgumentOutOfRangeException>(() => shelf.Newest(700));
    }

    [Fact]
    public void Wrong_sizes_and_values_are_refused()
    {
        var shelf = new EmbeddingShelf();
        var bad = new float[HashingEmbedder.Dimensions];
        bad[3] = float.NaN;
        Should.Throw<ArgumentException>(() => shelf.Add(new(0, 0, new float[2]))).Message.ShouldContain("256");
        Should.Throw<ArgumentException>(() => shelf.Add(new(0, 0, bad))).Message.ShouldContain("finite");
    }
}
