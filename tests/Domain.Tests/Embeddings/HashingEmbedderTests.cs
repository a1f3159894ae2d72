using CsCheck;
using Hts.Embeddings;

namespace Hts.Tests.Embeddings;

public sealed class HashingEmbedderTests
{
    private static readonly HashingEmbedder Embedder = new();

    [Fact]
    public void Absolute_values_sum_to_one() =>
        Embed("bitcoin rises above 43,210.5 as volume doubles").Sum(Math.Abs).ShouldBe(1f, 1e-5f);

    [Fact]
    public void Squares_sum_to_one_when_unit_length_is_asked_for()
    {
        var embedder = new HashingEmbedder(EmbeddingScale.UnitLength);
        var values = new float[HashingEmbedder.Dimensions];
        embedder.Embed("bitcoin rises above 43,210.5", values);
        values.Sum(v => v * v).ShouldBe(1f, 1e-5f);
        embedder.Model.ShouldBe("hash-v1-l2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ... , !")]
    public void A_text_without_tokens_is_all_zeros(string text) => Embed(text).ShouldAllBe(v => v == 0);

    [Fact]
    public void One_token_stands_in_one_place()
    {
        // FNV-1a of "a" is af63dc4c8601ec8c; its finalised value fixes place and sign for ever.
        var values = Embed("a");
        values.Count(v => v != 0).ShouldBe(1);
        Array.FindIndex(values, v => v != 0).ShouldBe(Place("a"));
        values[Place("a")].ShouldBe(Sign("a"));
    }

    [Fact]
    public void A_pair_of_neighbours_weighs_half_a_token()
    {
        var values = Embed("up down");
        values.Count(v => v != 0).ShouldBe(3);
        values.Select(Math.Abs).OrderDescending().Take(3).ShouldBe([0.4f, 0.4f, 0.2f]);
    }

    [Fact]
    public void Case_and_punctuation_do_not_matter() => Embed("Bitcoin, RISES!").ShouldBe(Embed("bitcoin rises"));

    [Fact]
    public void A_point_within_a_number_belongs_to_it() => Embed("1.5").ShouldNotBe(Embed("1 5"));

    [Fact]
    public void The_order_of_words_matters() => Embed("eth beats btc").ShouldNotBe(Embed("btc beats eth"));

    [Fact]
    public void Any_text_gives_finite_values_that_repeat() =>
        Gen.String.Sample(text =>
        {
            var values = Embed(text);
            var sum = values.Sum(v => (double)Math.Abs(v));
            return values.SequenceEqual(Embed(text)) && values.All(float.IsFinite) && (sum == 0 || Math.Abs(sum - 1) < 1e-4);
        });

    [Fact]
    public void A_buffer_of_another_length_is_refused() =>
        Should.Throw<ArgumentException>(() => Embedder.Embed("a", new float[255])).Message.ShouldContain("256");

    [Fact]
    public void Embedding_allocates_nothing()
    {
        var values = new float[HashingEmbedder.Dimensions];
        Embedder.Embed("warm up", values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Embedder.Embed("bitcoin rises above 43,210.5 as volume doubles", values);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static float[] Embed(string text)
    {
        var values = new float[HashingEmbedder.Dimensions];
        Embedder.Embed(text, values);
        return values;
    }

    private static int Place(string token) => (int)(Hash(token) % 256);

    private static float Sign(string token) => ((Hash(token) >> 8) & 1) == 0 ? 1 : -1;

    // An independent statement of the hash, in arbitrary precision.
    private static ulong Hash(string token)
    {
        var modulus = System.Numerics.BigInteger.One << 64;
        var h = System.Numerics.BigInteger.Parse("14695981039346656037");
        foreach (var c in token)
            h = (h ^ c) * 1099511628211 % modulus;
        h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd % modulus;
        h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53 % modulus;
        return (ulong)(h ^ (h >> 33));
    }
}
