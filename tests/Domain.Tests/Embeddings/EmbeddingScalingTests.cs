using Hts.Embeddings;

namespace Hts.Tests.Embeddings;

public sealed class EmbeddingScalingTests
{
    [Fact]
    public void Absolute_values_come_to_one()
    {
        float[] values = [3, -1];
        EmbeddingScaling.Apply(values, EmbeddingScale.UnitSum);
        values.ShouldBe([0.75f, -0.25f]);
    }

    [Fact]
    public void The_length_comes_to_one()
    {
        float[] values = [3, -4];
        EmbeddingScaling.Apply(values, EmbeddingScale.UnitLength);
        values.ShouldBe([0.6f, -0.8f]);
    }

    [Fact]
    public void Zeros_stay_zeros()
    {
        var values = new float[4];
        EmbeddingScaling.Apply(values, EmbeddingScale.UnitLength);
        values.ShouldAllBe(v => v == 0);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused(float bad) =>
        Should.Throw<ArgumentException>(() => EmbeddingScaling.Apply([1, bad], EmbeddingScale.UnitSum)).Message.ShouldContain("finite");
}
