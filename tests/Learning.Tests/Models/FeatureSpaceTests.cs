using Hts.Artefacts;
using Hts.DataSets;
using Hts.Forecasts;
using Hts.Models;
using Hts.Tests.Training;
using Hts.Training;

namespace Hts.Tests.Models;

public sealed class FeatureSpaceTests
{
    [Fact]
    public void With_all_directions_kept_it_is_mahalanobis_distance()
    {
        // Two features of variance 1 and correlation .6: the inverse covariance is known.
        var random = new Random(1);
        var (data, rows) = Rows(3, 20_000, () =>
        {
            double a = Normal(random), b = (0.6 * a) + (0.8 * Normal(random));
            return [(float)a, (float)b, (float)Normal(random)];
        });
        var scaler = Scaler.Fit(data.Features, rows, 0);

        var space = FeatureSpaceLearner.Fit(data, scaler, rows, [], new FeatureSpaceOptions())!;

        double Expected(double x, double y, double z) => (((x * x) - (1.2 * x * y) + (y * y)) / (1 - 0.36)) + (z * z);
        space.Distance([2, -1, 0.5f]).ShouldBe(Expected(2, -1, 0.5), 0.4);
        space.Distance([1, 1, 1]).ShouldBe(Expected(1, 1, 1), 0.15);
        // Beyond the .999 quantile of χ² with three degrees of freedom.
        space.Limit.ShouldBe(16.27, 1.5);
    }

    [Fact]
    public void One_row_in_a_thousand_like_those_of_the_training_lies_beyond_the_limit()
    {
        var random = new Random(2);
        float[] Draw() => [.. Enumerable.Range(0, 30).Select(_ => (float)Normal(random))];
        var (data, rows) = Rows(30, 40_000, Draw);
        var scaler = Scaler.Fit(data.Features, rows[..20_000], 0);

        var space = FeatureSpaceLearner.Fit(data, scaler, rows[..20_000], rows[20_000..30_000], new FeatureSpaceOptions { Directions = 8 })!;

        var scaled = new float[30];
        var beyond = rows[30_000..].Count(row =>
        {
            scaler.Apply(data.Features.Row(row), scaled);
            return space.Novelty(scaled) > 1;
        });
        beyond.ShouldBeInRange(1, 25);
    }

    [Fact]
    public void A_trained_model_knows_what_is_like_its_training_and_what_is_not()
    {
        var model = Trained(seed: 3);
        var usual = Enumerable.Range(0, 200).Select(i => Input(i, x => x)).ToArray();
        var strange = usual.Select(input => input with { Features = Array.ConvertAll(input.Features, x => x * 4) }).ToArray();
        // The direction of the embeddings' columns is no matter.
        var embedded = usual.Select(input => input with { Features = [.. input.Features.Select((x, i) => i < 16 ? 50 : x)] }).ToArray();

        SampleModels.Predict(model, usual).Count(f => f.Novelty > 1).ShouldBeLessThan(5);
        SampleModels.Predict(model, strange).ShouldAllBe(f => f.Novelty > 1);
        SampleModels.Predict(model, embedded).Zip(SampleModels.Predict(model, usual)).ShouldAllBe(p => p.First.Novelty == p.Second.Novelty);
    }

    [Fact]
    public void It_goes_with_the_artefact_to_the_bit_and_an_artefact_without_it_stays_valid()
    {
        var model = Trained(seed: 4);
        var back = ModelArtefact.Read(ModelArtefact.Write(model, new Dictionary<string, double>()), new ArtefactLimits());
        var input = Input(7, x => x * 2);

        SampleModels.Predict(back, [input])[0].Novelty.ShouldBe(SampleModels.Predict(model, [input])[0].Novelty);
        ModelArtefact.Read(SampleModels.Artefact(1, MemberKinds.Ridge), new ArtefactLimits()).Space.ShouldBeNull();
    }

    [Theory]
    [InlineData("space.limit", 0.0)]
    [InlineData("space.precisions", -1.0)]
    [InlineData("space.limit", double.NaN)]
    public void A_space_that_measures_nothing_is_refused(string tensor, double value)
    {
        var (metadata, tensors) = ArtefactArchive.Unpack(
            ModelArtefact.Write(Trained(seed: 5), new Dictionary<string, double>()), new ArtefactLimits());
        var shelf = SafeTensors.Read(tensors).ToDictionary();
        var found = shelf[tensor];
        var values = (double[])found.Doubles.Clone();
        values[0] = value;
        shelf[tensor] = new NamedTensor(tensor, found.Shape, values);

        Should.Throw<ArtefactRefusedException>(() => SpaceTensors.Read(shelf, new TensorShelf(shelf), 40));
        metadata.ShouldNotBeEmpty();
    }

    [Fact]
    public void Eigenvectors_rebuild_their_matrix()
    {
        var random = new Random(6);
        var root = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 20).Select(_ => Normal(random)).ToArray()).ToArray();
        double[][] matrix = [.. root.Select(a => root.Select(b => a.Zip(b, (x, y) => x * y).Sum()).ToArray())];

        var (values, vectors) = SymmetricEigen.Of([.. matrix.Select(r => (double[])r.Clone())]);

        values.ShouldBe(values.OrderDescending());
        for (var i = 0; i < 20; i++)
            for (var j = 0; j < 20; j++)
                Enumerable.Range(0, 20).Sum(k => values[k] * vectors[k][i] * vectors[k][j]).ShouldBe(matrix[i][j], 1e-8);
    }

    private static Model Trained(int seed)
    {
        var (task, train, validation) = Tasks.Planted(seed, slots: 1500);
        var member = new RidgeLearner().Fit(task, train, validation);
        var sample = SampleModels.Create(seed, MemberKinds.Ridge);
        return new Model(
            sample.Facts with { FeatureCount = 40 }, sample.Cond, [member], task.Scaler, 0.5, sample.Ranges, sample.Intervals)
        {
            Space = FeatureSpaceLearner.Fit(task.Data, task.Scaler, train, validation, new FeatureSpaceOptions()),
        };
    }

    private static ForecastInput Input(int seed, Func<float, float> change)
    {
        var random = new Random(seed + 500);
        return new([.. Enumerable.Range(0, 40).Select(_ => change((float)Normal(random)))], 0.002, new sbyte[4]);
    }

    private static (DataSet Data, int[] Rows) Rows(int features, int count, Func<float[]> draw)
    {
        var data = new DataSet(new PlantedMarket(1, features, 0).Header);
        for (var i = 0; i < count; i++)
            data.Add("AAA", i * PlantedMarket.SlotMs, draw(), 0.002, new sbyte[4], new double[6], new int[6]);
        return (data, [.. Enumerable.Range(0, count)]);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
