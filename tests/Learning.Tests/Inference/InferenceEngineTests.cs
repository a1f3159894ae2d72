using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Inference;
using Hts.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Inference;

public sealed class InferenceEngineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("ridge")]
    [InlineData("ridge,mlp")]
    public async Task Many_callers_at_once_each_get_the_forecast_of_their_own_input(string members)
    {
        var kinds = members.Split(',', StringSplitOptions.RemoveEmptyEntries);
        await using var engine = Engine();
        await Load(engine, "v1", 1, kinds);
        var inputs = SampleModels.Inputs(4000);
        var expected = SampleModels.Predict(SampleModels.Create(1, kinds), inputs);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var pending = inputs.Where((_, i) => i % 8 == worker).Select(i => engine.Forecast("v1", i, CancellationToken.None)).ToArray();
            var forecasts = new List<Forecast>();
            foreach (var one in pending)
                forecasts.Add(await one);
            return forecasts;
        })));

        for (var i = 0; i < inputs.Length; i++)
            for (var s = 0; s < 6; s++)
            {
                // libtorch sums a batch of another size in another order; all else is exact.
                answers[i % 8][i / 8].Net[s].ShouldBe(expected[i].Net[s], 1e-7);
                answers[i % 8][i / 8].Lower[s].ShouldBe(expected[i].Lower[s], 1e-7);
            }
    }

    [Fact]
    public async Task Forecasts_of_several_versions_in_one_batch_come_from_their_own_model()
    {
        await using var engine = Engine();
        await Load(engine, "a", 1);
        await Load(engine, "b", 2, MemberKinds.Ridge);
        var inputs = SampleModels.Inputs(600);
        var a = SampleModels.Predict(SampleModels.Create(1), inputs);
        var b = SampleModels.Predict(SampleModels.Create(2, MemberKinds.Ridge), inputs);

        var pending = inputs.Select((input, i) => engine.Forecast(i % 3 == 0 ? "a" : "b", input, CancellationToken.None)).ToArray();

        for (var i = 0; i < inputs.Length; i++)
            SampleModels.Same(await pending[i], i % 3 == 0 ? a[i] : b[i]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_models_table_and_linear_member_forecast_alone_beside_it()
    {
        await using var engine = Engine();
        await Load(engine, "v1", 1, MemberKinds.Ridge, MemberKinds.Mlp);
        var whole = SampleModels.Create(1, MemberKinds.Ridge, MemberKinds.Mlp);
        var input = SampleModels.Inputs(1);
        foreach (var (part, members) in new[] { (ForecastParts.Cond, Array.Empty<Member>()), (ForecastParts.Ridge, [whole.Members[0]]) })
        {
            var alone = new Model(whole.Facts, whole.Cond, members, whole.Scaler, whole.Slope, whole.Ranges, whole.Intervals);
            var forecast = await engine.Forecast(ForecastParts.Of("v1", part), input[0], CancellationToken.None);
            SampleModels.Same(forecast, SampleModels.Predict(alone, input)[0]).ShouldBeTrue(part);
        }
    }

    [Fact]
    public async Task Parts_come_and_go_with_their_model_and_take_no_place_of_another()
    {
        await using var engine = Engine(new InferenceOptions { MaxModels = 2 });
        await Load(engine, "a", 1, MemberKinds.Ridge, MemberKinds.Mlp);
        await Load(engine, "b", 2);
        engine.Holds("a").ShouldBeTrue();
        engine.Holds(ForecastParts.Of("b", ForecastParts.Cond)).ShouldBeFalse("a bare table has no parts");
        await Load(engine, "c", 3);
        engine.Holds("a").ShouldBeFalse();
        engine.Holds(ForecastParts.Of("a", ForecastParts.Ridge)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_flood_is_answered_or_told_busy_and_nothing_else()
    {
        await using var engine = Engine(new InferenceOptions { QueueCapacity = 2, MaxBatch = 1 });
        await Load(engine, "v1", 1, MemberKinds.Mlp);
        var input = SampleModels.Inputs(1)[0];
        List<ValueTask<Forecast>> accepted = [];
        var busy = 0;

        for (var i = 0; i < 20_000; i++)
        {
            try
            {
                accepted.Add(engine.Forecast("v1", input, CancellationToken.None));
            }
            catch (ForecasterBusyException e)
            {
                e.Message.ShouldContain("queue of 2");
                busy++;
            }
        }

        busy.ShouldBeGreaterThan(0);
        accepted.Count.ShouldBe(20_000 - busy);
        foreach (var one in accepted)
            (await one).Net.Length.ShouldBe(6);
    }

    [Fact]
    public async Task The_version_least_recently_used_leaves_when_the_bound_is_reached()
    {
        await using var engine = Engine(new InferenceOptions { MaxModels = 2 });
        await Load(engine, "a", 1);
        await Load(engine, "b", 2);
        await engine.Forecast("a", SampleModels.Inputs(1)[0], CancellationToken.None);

        await Load(engine, "c", 3);

        engine.Holds("a").ShouldBeTrue();
        engine.Holds("b").ShouldBeFalse();
        engine.Holds("c").ShouldBeTrue();
        Should.Throw<KeyNotFoundException>(() => engine.Forecast("b", SampleModels.Inputs(1)[0], CancellationToken.None));
    }

    [Fact]
    public async Task Forecasts_on_their_way_survive_that_their_version_is_replaced()
    {
        await using var engine = Engine(new InferenceOptions { MaxModels = 1 });
        var inputs = SampleModels.Inputs(200);
        await Load(engine, "v", 0, MemberKinds.Mlp);
        for (var round = 1; round <= 20; round++)
        {
            var pending = inputs.Select(i => engine.Forecast("v", i, CancellationToken.None)).ToArray();
            await Load(engine, "v", round, MemberKinds.Mlp);
            foreach (var one in pending)
                InferenceEngine.IsFinite(await one).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_artefact_that_is_refused_changes_nothing()
    {
        await using var engine = Engine(expectations: new ModelExpectations("other", 20, PlantedMarket.Strategies, "strategies-1", 600_000));
        await Should.ThrowAsync<ArtefactRefusedException>(() => Load(engine, "v1", 1));
        engine.Holds("v1").ShouldBeFalse();

        await using var open = Engine();
        await Load(open, "v1", 1);
        await Should.ThrowAsync<ArtefactRefusedException>(() => open.Load("v1", new MemoryStream([1, 2, 3]), CancellationToken.None));
        open.Holds("v1").ShouldBeTrue();
    }

    [Fact]
    public async Task An_input_that_does_not_fit_is_named_and_disturbs_no_other()
    {
        await using var engine = Engine();
        await Load(engine, "v1", 1, MemberKinds.Ridge);
        var good = SampleModels.Inputs(1)[0];

        Should.Throw<ArgumentException>(() => engine.Forecast("v1", good with { Features = new float[3] }, CancellationToken.None))
            .Message.ShouldContain("3 features, the model takes 20");
        Should.Throw<ArgumentException>(() => engine.Forecast("v1", good with { SigmaSlot = double.NaN }, CancellationToken.None))
            .Message.ShouldContain("σ of NaN");
        Should.Throw<ArgumentException>(() => engine.Forecast("v1", good with { Standing = [1] }, CancellationToken.None))
            .Message.ShouldContain("1 standing states");
        var bad = (float[])good.Features.Clone();
        bad[^1] = float.NaN;
        Should.Throw<ArgumentException>(() => engine.Forecast("v1", good with { Features = bad }, CancellationToken.None))
            .Message.ShouldContain("not finite");
        (await engine.Forecast("v1", good, CancellationToken.None)).Net.Length.ShouldBe(6);
    }

    [Fact]
    public async Task Stopping_answers_what_waits_and_takes_no_more()
    {
        var engine = Engine();
        await Load(engine, "v1", 1, MemberKinds.Mlp);
        var inputs = SampleModels.Inputs(3000);
        var pending = inputs.Select(i => engine.Forecast("v1", i, CancellationToken.None)).ToArray();

        await Task.WhenAll(engine.DisposeAsync().AsTask(), engine.DisposeAsync().AsTask());

        foreach (var one in pending)
            (await one).Net.Length.ShouldBe(6);
        Should.Throw<Exception>(() => engine.Forecast("v1", inputs[0], CancellationToken.None))
            .ShouldBeAssignableTo<SystemException>();
        await Should.ThrowAsync<ObjectDisposedException>(() => Load(engine, "v2", 1));
    }

    [Fact]
    public async Task A_cancelled_request_is_dropped()
    {
        await using var engine = Engine();
        await Load(engine, "v1", 1);
        using var source = new CancellationTokenSource();
        var inputs = SampleModels.Inputs(500);
        var before = inputs.Select(i => engine.Forecast("v1", i, source.Token)).ToArray();

        await source.CancelAsync();

        Should.Throw<OperationCanceledException>(() => engine.Forecast("v1", inputs[0], source.Token));
        foreach (var one in before)
        {
            try
            {
                (await one).Net.Length.ShouldBe(6);
            }
            catch (OperationCanceledException e)
            {
                e.CancellationToken.ShouldBe(source.Token);
            }
        }
        (await engine.Forecast("v1", inputs[0], CancellationToken.None)).Net.Length.ShouldBe(6);
    }

    [Theory]
    [InlineData(0, 1, 1, "QueueCapacity")]
    [InlineData(1, 0, 1, "MaxBatch")]
    [InlineData(1, 1, 0, "MaxModels")]
    public void An_option_out_of_range_is_named(int capacity, int batch, int models, string key) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Engine(new InferenceOptions { QueueCapacity = capacity, MaxBatch = batch, MaxModels = models }))
            .Message.ShouldContain($"{key} must lie within");

    private static InferenceEngine Engine(InferenceOptions? options = null, ModelExpectations? expectations = null) =>
        new(options ?? new InferenceOptions(), expectations, NullLogger<InferenceEngine>.Instance);

    private static Task Load(InferenceEngine engine, string version, int seed, params string[] members) =>
        engine.Load(version, new MemoryStream(SampleModels.Artefact(seed, members)), CancellationToken.None);
}
