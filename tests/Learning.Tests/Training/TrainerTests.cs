using System.Text.Json;
using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Models;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(MemberKinds.Ridge)]
    [InlineData(MemberKinds.Mlp)]
    public async Task A_planted_linear_signal_is_found(string member)
    {
        var path = await new PlantedMarket(seed: 3).Write(folder.Path, 3000, "AAA", "BBB");

        var report = await Train(path, "out", member);

        report.Chosen.ShouldBe(member);
        // The long hold's realised gross/σ carries the signal with correlation .3: nobody can do better.
        Score(report, "long_hold").GrossIc!.Value.ShouldBeGreaterThan(0.8 * 0.3);
        Score(report, "long_hold").NetR2VsCond!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_learn_no_direction_is_claimed()
    {
        var path = await new PlantedMarket(seed: 4, strength: 0).Write(folder.Path, 3000, "AAA", "BBB");

        var report = await Train(path, "out", MemberKinds.All);

        foreach (var candidate in report.Candidates.Where(c => c.Members.Count > 0 && c.Name != MemberKinds.Cond))
        {
            var hold = candidate.Scores.Single(s => s.Name == "long_hold");
            // 900 independent rows: chance stays within 4/√n in all but 1 of 16,000 cases.
            Math.Abs(hold.GrossIc ?? 0).ShouldBeLessThan(4 / Math.Sqrt(hold.Count));
            hold.GrossR2!.Value.ShouldBeInRange(-0.02, 0.01);
        }
    }

    [Fact]
    public async Task The_cond_table_finds_the_cost_of_standing_positions()
    {
        var path = await new PlantedMarket(seed: 5, strength: 0).Write(folder.Path, 1500);

        var report = await Train(path, "out", MemberKinds.Cond);

        report.Chosen.ShouldBe(MemberKinds.Cond);
        Score(report, "active").SidesR2!.Value.ShouldBeGreaterThan(0.4);
        Score(report, "active").NetR2!.Value.ShouldBeGreaterThan(0.05);
        Score(report, "pooled").NetR2VsCond.ShouldBe(0);
        report.Candidates.Select(c => c.Name).ShouldBe(["cond", "mean", "zero"]);
        report.Candidates.Single(c => c.Name == "mean").Scores.ShouldAllBe(s => Math.Abs(s.NetR2!.Value) < 1e-12);
    }

    [Fact]
    public async Task Equal_data_and_seed_give_equal_bytes_and_another_seed_does_not()
    {
        var path = await new PlantedMarket(seed: 6).Write(folder.Path, 800);

        var first = await Train(path, "first", MemberKinds.Mlp);
        var again = await Train(path, "again", MemberKinds.Mlp);
        var other = await Train(path, "other", [MemberKinds.Mlp], seed: 2);

        again.ArtefactSha256.ShouldBe(first.ArtefactSha256);
        ModelArtefact.Sha256(await File.ReadAllBytesAsync(again.ArtefactPath)).ShouldBe(first.ArtefactSha256);
        other.ArtefactSha256.ShouldNotBe(first.ArtefactSha256);
    }

    [Theory]
    [InlineData(MemberKinds.Ridge)]
    [InlineData(MemberKinds.Trees)]
    public async Task Members_without_a_net_repeat_to_the_bit_too(string member)
    {
        var path = await new PlantedMarket(seed: 6).Write(folder.Path, 800);
        var trainer = new Trainer(
            new TrainingOptions { ScarceSlots = 0, Trees = new() { MinRows = 200, LeafRows = 40 } }, new ArtefactLimits(), TimeProvider.System);

        var first = await trainer.Train(new TrainingRequest(path, folder.File("first"), [member]));
        var again = await trainer.Train(new TrainingRequest(path, folder.File("again"), [member]));

        first.Chosen.ShouldBe(member);
        again.ArtefactSha256.ShouldBe(first.ArtefactSha256);
    }

    [Fact]
    public async Task Trees_wait_for_enough_rows_and_say_so()
    {
        var path = await new PlantedMarket(seed: 13).Write(folder.Path, 400);

        var report = await Train(path, "out", [MemberKinds.Cond, MemberKinds.Trees]);

        report.Skipped[MemberKinds.Trees].ShouldContain("12000");
        report.ChosenReason.ShouldBe("no other member could be fitted");
    }

    [Fact]
    public async Task Scarce_data_gives_cond_unless_it_was_not_asked_for()
    {
        var path = await new PlantedMarket(seed: 3).Write(folder.Path, 900);
        var trainer = new Trainer(new TrainingOptions { ScarceSlots = 901 }, new ArtefactLimits(), TimeProvider.System);

        var all = await trainer.Train(new TrainingRequest(path, folder.File("all"), [MemberKinds.Cond, MemberKinds.Ridge]));
        var ridge = await trainer.Train(new TrainingRequest(path, folder.File("ridge"), [MemberKinds.Ridge]));

        all.Chosen.ShouldBe(MemberKinds.Cond);
        all.ChosenReason.ShouldContain("900 slots a symbol");
        ridge.Chosen.ShouldBe(MemberKinds.Ridge);
    }

    [Theory]
    [InlineData(1, "none", MemberKinds.Ridge)]
    [InlineData(2, "none", MemberKinds.Cond)]
    [InlineData(2, "one", MemberKinds.Ridge)]
    [InlineData(2, "one that cannot be compared", MemberKinds.Cond)]
    public async Task With_no_model_to_compare_with_and_too_few_days_to_judge_on_cond_is_the_first(int days, string champion, string chosen)
    {
        // The test part has 302 slots: one day from its first slot to its last, and two more in parts.
        var path = await new PlantedMarket(seed: 3, features: 8, embeddings: 2, strength: 0.5).Write(folder.Path, 2016, "AAA", "BBB");
        var other = folder.File("other.tar.gz");
        if (champion == "one")
            other = (await Train(path, "champion", MemberKinds.Cond)).ArtefactPath;
        else
            await File.WriteAllBytesAsync(other, SampleModels.Artefact(1));

        var report = await new Trainer(new TrainingOptions { ScarceSlots = 0 }, new ArtefactLimits(), TimeProvider.System).Train(
            new TrainingRequest(path, folder.File("out"), [MemberKinds.Ridge], 1, champion == "none" ? null : other, FirstModelDays: days));

        report.Chosen.ShouldBe(chosen);
        report.Candidates.Single(c => c.Name == MemberKinds.Ridge).Scores.ShouldNotBeEmpty();
        if (chosen == MemberKinds.Cond)
            report.ChosenReason.ShouldBe("a first model: 1 whole days to judge another on, 2 are needed");
    }

    [Fact]
    public async Task The_candidate_is_the_one_with_the_lowest_validation_loss()
    {
        var path = await new PlantedMarket(seed: 3).Write(folder.Path, 1500, "AAA", "BBB");

        var report = await Train(path, "out", MemberKinds.All);

        var contenders = report.Candidates.Where(c => c.Members.Count > 0).ToList();
        contenders.Select(c => c.Name).ShouldBe(["cond", "ridge", "mlp", "average"]);
        report.Chosen.ShouldBe(contenders.MinBy(c => c.ValidationHuber)!.Name);
    }

    [Fact]
    public async Task What_lies_beyond_the_purge_before_the_test_part_cannot_change_the_model()
    {
        var market = new PlantedMarket(seed: 8);
        var rows = market.Rows(1000).ToList();
        await PlantedMarket.WriteFile(folder.File("a.parquet"), market.Header, rows);
        var first = await Train(folder.File("a.parquet"), "a", MemberKinds.All);
        var border = first.TestFromTs!.Value - PlantedMarket.SlotMs - market.Header.OverlapMs;
        first.TrainedUntilTs.ShouldBe(border + PlantedMarket.SlotMs);

        // From the border on everything is different, features and outcomes alike.
        foreach (var row in rows.Where(r => r.BaseTs > border))
        {
            for (var i = 0; i < row.Features.Length; i++)
                row.Features[i] = -3 * row.Features[i];
            for (var s = 0; s < 6; s++)
                (row.Gross[s], row.Sides[s]) = (-5 * row.Gross[s], 4);
        }
        await PlantedMarket.WriteFile(folder.File("b.parquet"), market.Header, rows);
        var second = await Train(folder.File("b.parquet"), "b", MemberKinds.All);

        var (_, tensors) = ArtefactArchive.Unpack(await File.ReadAllBytesAsync(first.ArtefactPath), new());
        var (_, others) = ArtefactArchive.Unpack(await File.ReadAllBytesAsync(second.ArtefactPath), new());
        others.AsSpan().SequenceEqual(tensors).ShouldBeTrue();
        second.Chosen.ShouldBe(first.Chosen);
        second.Candidates.Select(c => c.ValidationHuber).ShouldBe(first.Candidates.Select(c => c.ValidationHuber));
        second.Scores.ShouldNotBe(first.Scores);
    }

    [Fact]
    public async Task Intervals_cover_what_they_promise_for_standing_and_flat_alike()
    {
        var market = new PlantedMarket(seed: 9);
        var rows = market.Rows(4000, "AAA", "BBB").ToList();
        await PlantedMarket.WriteFile(folder.File("a.parquet"), market.Header, rows);
        var report = await Train(folder.File("a.parquet"), "out", MemberKinds.Ridge);
        var model = ModelArtefact.Read(await File.ReadAllBytesAsync(report.ArtefactPath), new ArtefactLimits());

        var test = rows.Where(r => r.BaseTs >= report.TestFromTs).ToArray();
        var forecasts = SampleModels.Predict(model, [.. test.Select(r => new Hts.Forecasts.ForecastInput(r.Features, r.SigmaSlot, r.Standing))]);
        for (var s = 0; s < 6; s++)
            foreach (var stands in s < 4 ? new[] { false, true } : [false])
            {
                var cell = Enumerable.Range(0, test.Length).Where(i => s >= 4 || test[i].Standing[s] != 0 == stands).ToArray();
                var covered = cell.Count(i =>
                {
                    var net = test[i].Gross[s] - (0.0005 * test[i].Sides[s]);
                    return net >= forecasts[i].Lower[s] && net <= forecasts[i].Upper[s];
                });
                // Some 300 rows or more a cell, calibrated on as many: ±.06 is beyond three standard errors.
                ((double)covered / cell.Length).ShouldBeInRange(0.84, 0.96, $"strategy {s}, stands {stands}, {cell.Length} rows");
            }
    }

    [Fact]
    public async Task Champion_and_challenger_meet_only_where_neither_was_trained()
    {
        var market = new PlantedMarket(seed: 10);
        var rows = market.Rows(1200, "AAA", "BBB").ToList();
        await PlantedMarket.WriteFile(folder.File("early.parquet"), market.Header, rows.Take(1600));
        await PlantedMarket.WriteFile(folder.File("late.parquet"), market.Header, rows);
        await PlantedMarket.WriteFile(folder.File("whole.parquet"), market.Header, rows.Skip(400));
        var champion = await Train(folder.File("late.parquet"), "champion", MemberKinds.Ridge);
        var early = await Train(folder.File("early.parquet"), "early", MemberKinds.Cond);

        // A challenger whose test part begins before the champion's training ended.
        var trainer = new Trainer(new TrainingOptions { ScarceSlots = 0, Split = new() { TestShare = 0.4 } }, new(), TimeProvider.System);
        var report = await trainer.Train(new(folder.File("late.parquet"), folder.File("c"), [MemberKinds.Ridge], 1, champion.ArtefactPath));
        var fair = report.GateSlots;
        fair.ShouldNotBeEmpty();
        fair.ShouldAllBe(s => s.BaseTs - market.Header.OverlapMs >= champion.TrainedUntilTs && s.Champion != null);
        fair.Count.ShouldBe(rows.Count(r => r.BaseTs >= champion.TrainedUntilTs + market.Header.OverlapMs));

        // And one whose champion ended long before: the whole test part counts.
        var later = await Train(folder.File("late.parquet"), "d", [MemberKinds.Ridge], champion: early.ArtefactPath);
        later.GateSlots.Count.ShouldBe(later.TestRows);
        later.GateSlots.Average(s => s.Challenger).ShouldBeLessThan(later.GateSlots.Average(s => s.Champion!.Value));
    }

    [Fact]
    public async Task A_model_compared_with_itself_has_equal_losses()
    {
        var path = await new PlantedMarket(seed: 11).Write(folder.Path, 900);
        var champion = await Train(path, "champion", MemberKinds.Ridge);

        var report = await Train(path, "again", [MemberKinds.Ridge], champion: champion.ArtefactPath);

        report.GateSlots.Count.ShouldBe(report.TestRows);
        report.GateSlots.ShouldAllBe(s => s.Champion == s.Challenger);
        report.GateSlots.Average(s => s.Coverage!.Value).ShouldBe(report.Scores.First(s => s.Name == "pooled").Coverage!.Value, 1e-9);
    }

    [Fact]
    public async Task A_champion_of_other_features_stops_no_training_and_is_explained()
    {
        var path = await new PlantedMarket(seed: 12).Write(folder.Path, 900);
        await File.WriteAllBytesAsync(folder.File("other.tar.gz"), SampleModels.Artefact(1));

        var report = await Train(path, "out", [MemberKinds.Cond], champion: folder.File("other.tar.gz"));

        report.ChampionProblem!.ShouldContain("number of features is 20");
        report.GateSlots.ShouldAllBe(s => s.Champion == null);
        report.GateSlots.Count.ShouldBe(report.TestRows);
    }

    [Theory]
    [InlineData("overwritten", "The checksum is ")]
    [InlineData("another model", "The checksum is ")]
    [InlineData("damaged", "'metadata.json' is missing")]
    [InlineData("missing", "Could not find file")]
    public async Task A_champion_that_cannot_be_read_ends_the_training_with_that_reason(string what, string reason)
    {
        var path = await new PlantedMarket(seed: 12).Write(folder.Path, 900);
        var champion = await Train(path, "champion", MemberKinds.Ridge);
        byte[]? found = what switch
        {
            "another model" => await File.ReadAllBytesAsync((await Train(path, "another", MemberKinds.Cond)).ArtefactPath, TestContext.Current.CancellationToken),
            "missing" => null,
            _ => "x"u8.ToArray(),
        };
        if (found is not null)
            await File.WriteAllBytesAsync(folder.File("found.tar.gz"), found, TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<ArtefactRefusedException>(new Trainer(new TrainingOptions(), new ArtefactLimits(), TimeProvider.System).Train(
            new TrainingRequest(
                path, folder.File("out"), [MemberKinds.Cond], 1, folder.File("found.tar.gz"),
                ChampionSha256: what == "damaged" ? null : champion.ArtefactSha256)));

        refusal.Message.ShouldStartWith("The serving model cannot be read to compare with: ");
        refusal.Message.ShouldContain(reason);
        File.Exists(folder.File("out/model.tar.gz")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_longer_history_than_fits_gives_the_model_of_its_newest_rows()
    {
        var market = new PlantedMarket(seed: 16);
        var rows = market.Rows(900).ToList();
        await PlantedMarket.WriteFile(folder.File("long.parquet"), market.Header, rows, groupRows: 256);
        await PlantedMarket.WriteFile(folder.File("short.parquet"), market.Header, rows.Skip(200));
        var trainer = new Trainer(new TrainingOptions { ScarceSlots = 0, MaxRows = 700 }, new ArtefactLimits(), TimeProvider.System);

        var bounded = await trainer.Train(new TrainingRequest(folder.File("long.parquet"), folder.File("a"), [MemberKinds.Ridge]));
        var whole = await trainer.Train(new TrainingRequest(folder.File("short.parquet"), folder.File("b"), [MemberKinds.Ridge]));

        bounded.ArtefactSha256.ShouldBe(whole.ArtefactSha256);
        (bounded.Rows, bounded.OlderRows).ShouldBe((700, 200));
        whole.OlderRows.ShouldBe(0);
    }

    /// <summary>Their newest rows alone would be 833 slots each, forever below what is scarce.</summary>
    [Fact]
    public async Task Many_symbols_with_a_long_history_are_not_taken_for_a_short_one()
    {
        var market = new PlantedMarket(seed: 17, features: 8, embeddings: 0);
        string[] symbols = [.. Enumerable.Range(0, 30).Select(i => $"S{i}")];
        await PlantedMarket.WriteFile(folder.File("many.parquet"), market.Header, market.Rows(4100, symbols));
        var trainer = new Trainer(new TrainingOptions { MaxRows = 25_000 }, new ArtefactLimits(), TimeProvider.System);

        var report = await trainer.Train(new TrainingRequest(folder.File("many.parquet"), folder.File("out"), [MemberKinds.Cond, MemberKinds.Ridge]));

        report.ChosenReason.ShouldStartWith("lowest validation loss");
        report.Chosen.ShouldBe(MemberKinds.Ridge);
        (report.Rows, report.Symbols.Count, report.SymbolsLeftOut, report.OlderRows).ShouldBe((6 * 4100, 6, 24, 24 * 4100));
        report.Placebos.ShouldAllBe(p => p.T != null);
    }

    [Fact]
    public async Task Too_little_data_is_said_in_numbers()
    {
        var path = await new PlantedMarket(seed: 13).Write(folder.Path, 40);

        var error = await Should.ThrowAsync<NotEnoughDataException>(() => Train(path, "out", MemberKinds.Cond));

        error.Message.ShouldContain("100 are needed");
    }

    [Fact]
    public async Task Few_rows_leave_cond_and_say_why_the_others_are_missing()
    {
        var path = await new PlantedMarket(seed: 13).Write(folder.Path, 150);

        var report = await Train(path, "out", MemberKinds.All);

        report.Chosen.ShouldBe(MemberKinds.Cond);
        report.Skipped.Keys.ShouldBe([MemberKinds.Ridge, MemberKinds.Mlp, MemberKinds.Trees], ignoreOrder: true);
        report.Skipped[MemberKinds.Mlp].ShouldContain("200");
    }

    [Fact]
    public async Task The_written_report_is_the_one_returned()
    {
        var path = await new PlantedMarket(seed: 14).Write(folder.Path, 400);

        var report = await Train(path, "out", MemberKinds.Ridge);

        var written = await File.ReadAllTextAsync(Path.Combine(folder.File("out"), TrainingReport.FileName));
        var read = JsonSerializer.Deserialize(written, TrainingJson.Default.TrainingReport)!;
        read.GateSlots.ShouldBe(report.GateSlots);
        read.Scores.ShouldBe(report.Scores);
        JsonSerializer.Serialize(read, TrainingJson.Default.TrainingReport).ShouldBe(written);
    }

    [Fact]
    public async Task A_cancelled_training_leaves_no_artefact()
    {
        var path = await new PlantedMarket(seed: 15).Write(folder.Path, 800);
        using var source = new CancellationTokenSource();
        var progress = new Steps(step =>
        {
            if (step.Stage.StartsWith("mlp: epoch 2", StringComparison.Ordinal))
                source.Cancel();
        });
        var trainer = new Trainer(new TrainingOptions(), new ArtefactLimits(), TimeProvider.System);

        await Should.ThrowAsync<OperationCanceledException>(
            () => trainer.Train(new TrainingRequest(path, folder.File("out"), [MemberKinds.Mlp]), progress, source.Token));

        Directory.Exists(folder.File("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_member_is_named() =>
        (await Should.ThrowAsync<ArgumentException>(() => Train("x", "out", "forest"))).Message.ShouldContain("'forest'");

    private static ForecastScore Score(TrainingReport report, string name) => report.Scores.Single(s => s.Name == name);

    private Task<TrainingReport> Train(string path, string output, string member) => Train(path, output, [member]);

    private Task<TrainingReport> Train(string path, string output, IReadOnlyList<string> members, int seed = 1, string? champion = null) =>
        new Trainer(new TrainingOptions { ScarceSlots = 0 }, new ArtefactLimits(), TimeProvider.System)
            .Train(new TrainingRequest(path, folder.File(output), members, seed, champion));

    private sealed class Steps(Action<TrainingStep> onStep) : IProgress<TrainingStep>
    {
        public void Report(TrainingStep value) => onStep(value);
    }
}
