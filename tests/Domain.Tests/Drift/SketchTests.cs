using CsCheck;
using Hts.Drift;

namespace Hts.Tests.Drift;

public sealed class SketchTests
{
    [Fact]
    public void Parts_merge_to_exactly_the_whole() =>
        Gen.Select(Gen.Double[-6, 6].Array[0, 50], Gen.Int[0, 50]).Sample((values, cut) =>
        {
            Sketch whole = new(), head = new(), tail = new();
            for (var i = 0; i < values.Length; i++)
            {
                whole.Add(values[i]);
                (i < cut ? head : tail).Add(values[i]);
            }

            head.Merge(tail);

            head.Counts.SequenceEqual(whole.Counts).ShouldBeTrue();
            head.Count.ShouldBe(values.Length);
            new Sketch(head.Counts).Count.ShouldBe(values.Length);
        });

    [Fact]
    public void The_distance_is_that_of_kolmogorov_and_smirnov_up_to_a_bin()
    {
        var random = new Random(1);
        double[] a = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble() * 2)];
        double[] b = [.. Enumerable.Range(0, 4000).Select(_ => (random.NextDouble() * 2) + 0.5)];
        Sketch left = new(), right = new();
        Array.ForEach(a, left.Add);
        Array.ForEach(b, right.Add);

        // Two uniform spreads a quarter of their width apart.
        Sketch.Distance(left, right).ShouldBe(0.25, 0.03);
        Sketch.Distance(left, left).ShouldBe(0);
        var whole = new Sketch(left.Counts);
        whole.Merge(right);
        Sketch.DistanceToRest(left, whole).ShouldBe(Sketch.Distance(left, right));
    }

    [Theory]
    [InlineData(double.PositiveInfinity, Sketch.Bins - 1)]
    [InlineData(1e300, Sketch.Bins - 1)]
    [InlineData(4.0, Sketch.Bins - 1)]
    [InlineData(3.99, Sketch.Bins - 2)]
    [InlineData(-4.0, 1)]
    [InlineData(-4.01, 0)]
    [InlineData(0.0, 17)]
    public void Every_number_has_its_bin(double value, int bin)
    {
        var sketch = new Sketch();
        sketch.Add(value);
        sketch.Counts[bin].ShouldBe(1);
    }

    [Fact]
    public void What_is_no_number_is_left_out()
    {
        var sketch = new Sketch();
        sketch.Add(double.NaN);
        sketch.Count.ShouldBe(0);
    }
}
