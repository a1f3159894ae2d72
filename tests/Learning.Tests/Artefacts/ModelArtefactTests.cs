using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Models;

namespace Hts.Tests.Artefacts;

public sealed class ModelArtefactTests
{
    private static readonly ArtefactLimits Limits = new();

    [Theory]
    [InlineData("")]
    [InlineData("ridge")]
    [InlineData("mlp")]
    [InlineData("ridge,mlp")]
    [InlineData("trees")]
    [InlineData("ridge,mlp,trees")]
    public void A_model_comes_back_with_the_same_forecasts_and_facts(string members)
    {
        var model = SampleModels.Create(1, members.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var packed = ModelArtefact.Write(model, new Dictionary<string, double> { ["test.pooled.huber"] = 0.25, ["nan"] = double.NaN });

        var back = ModelArtefact.Read(packed, Limits, ModelArtefact.Sha256(packed));

        JsonSerializer.Serialize(back.Facts).ShouldBe(JsonSerializer.Serialize(model.Facts));
        back.Kind.ShouldBe(model.Kind);
        var inputs = SampleModels.Inputs(50);
        SampleModels.Predict(back, inputs).Zip(SampleModels.Predict(model, inputs)).ShouldAllBe(p => SampleModels.Same(p.First, p.Second));
    }

    [Fact]
    public void Trees_that_break_a_rule_are_refused()
    {
        var model = SampleModels.Create(1, MemberKinds.Trees);
        // The first node of all turns into one whose walk never ends.
        var trees = (Trees)model.Members[0];
        trees.Features[0] = 0;
        trees.Children[0] = 0;

        Refused(() => ModelArtefact.Read(ModelArtefact.Write(model, new Dictionary<string, double>()), Limits), "tree 0: node 0 has its children at 0");
    }

    [Fact]
    public void Flipped_bytes_of_trees_are_refused_or_harmless()
    {
        var (_, tensors) = ArtefactArchive.Unpack(SampleModels.Artefact(2, MemberKinds.Trees), Limits);
        var shelf = SafeTensors.Read(tensors);
        var inputs = Enumerable.Repeat(0.1f, 2 * SampleModels.Features).ToArray();
        var outputs = new double[18];
        foreach (var name in new[] { "trees.output", "trees.root", "trees.feature", "trees.child" })
            for (var at = 0; at < shelf[name].Length; at++)
                for (var bit = 0; bit < 32; bit += 7)
                {
                    shelf[name].Integers[at] ^= 1 << bit;
                    var trees = new Trees(
                        SampleModels.Features, shelf["trees.base"].Doubles, shelf["trees.output"].Integers, shelf["trees.root"].Integers,
                        shelf["trees.feature"].Integers, shelf["trees.child"].Integers, shelf["trees.value"].Singles);
                    if (trees.BrokenRule() is null)
                        trees.CreateRunner(2).Run(2, inputs, outputs);
                    shelf[name].Integers[at] ^= 1 << bit;
                }
    }

    [Fact]
    public void Equal_models_give_equal_bytes() =>
        SampleModels.Artefact(3, MemberKinds.Ridge).ShouldBe(SampleModels.Artefact(3, MemberKinds.Ridge));

    [Fact]
    public void Any_cut_or_flipped_byte_is_refused_or_changes_nothing()
    {
        var packed = SampleModels.Artefact(2, MemberKinds.Ridge);
        var inputs = SampleModels.Inputs(3);
        var expected = SampleModels.Predict(ModelArtefact.Read(packed, Limits), inputs);

        for (var at = 0; at < packed.Length; at++)
        {
            Expect(packed[..at]);
            var flipped = (byte[])packed.Clone();
            flipped[at] ^= (byte)(1 << (at % 8));
            Expect(flipped);
        }

        void Expect(byte[] damaged)
        {
            try
            {
                var model = ModelArtefact.Read(damaged, Limits);
                SampleModels.Predict(model, inputs).Zip(expected).ShouldAllBe(p => SampleModels.Same(p.First, p.Second));
            }
            catch (ArtefactRefusedException)
            {
                // Refused is as good as unchanged.
            }
        }
    }

    [Fact]
    public void Flipped_bytes_inside_the_archive_are_met_by_refusals_alone()
    {
        // As above, below the compression whose checksum would catch most of it.
        var (metadata, tensors) = ArtefactArchive.Unpack(SampleModels.Artefact(2, MemberKinds.Mlp), Limits);
        var refused = 0;
        for (var at = 0; at < metadata.Length; at++)
        {
            var flipped = (byte[])metadata.Clone();
            flipped[at] ^= (byte)(1 << (at % 7));
            try
            {
                ModelArtefact.Read(ArtefactArchive.Pack(flipped, tensors), Limits);
            }
            catch (ArtefactRefusedException)
            {
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(metadata.Length / 2);
        for (var at = 0; at < tensors.Length; at += 7)
        {
            var flipped = (byte[])tensors.Clone();
            flipped[at] ^= 64;
            Should.Throw<ArtefactRefusedException>(() => ModelArtefact.Read(ArtefactArchive.Pack(metadata, flipped), Limits));
        }
    }

    [Fact]
    public void A_wrong_checksum_is_refused() =>
        Refused(() => ModelArtefact.Read(SampleModels.Artefact(1), Limits, new string('0', 64)), "checksum");

    [Theory]
    [InlineData("feature_count\": 20", "feature_count\": 21", "[20], not F32 [21]")]
    [InlineData("\"slope\": 0.6", "\"slope\": 1.6", "a slope of 1.6")]
    [InlineData("\"format_version\": 1", "\"format_version\": 2", "version 2")]
    [InlineData("\"kind\": \"composed\"", "\"kind\": \"pickled!\"", "kind 'pickled!'")]
    [InlineData("\"ridge\"", "\"tree!\"", "'tree!' that this program does not know")]
    [InlineData("\"ridge\"", "\"mlp\"  ", "layers of sizes []")]
    [InlineData("\"ridge\"", "\"trees\"", "'trees.output' is missing")]
    [InlineData("\"seed\": 1", "\"sees\": 1", "metadata.json is not as it must be")]
    [InlineData("short_hold", "short_held", "no 'short_hold'")]
    public void Metadata_that_does_not_fit_is_refused(string from, string to, string rule)
    {
        var (metadata, tensors) = ArtefactArchive.Unpack(SampleModels.Artefact(1, MemberKinds.Ridge), Limits);
        var text = Encoding.UTF8.GetString(metadata);
        text.ShouldContain(from);

        Refused(() => ModelArtefact.Read(ArtefactArchive.Pack(Encoding.UTF8.GetBytes(text.Replace(from, to)), tensors), Limits), rule);
    }

    [Fact]
    public void Anything_but_the_two_plain_files_is_refused()
    {
        var (metadata, tensors) = ArtefactArchive.Unpack(SampleModels.Artefact(1), Limits);
        Refused(() => Read(("metadata.json", metadata), ("model.safetensors", tensors), ("run.sh", [1])), "'run.sh' must not be in an artefact");
        Refused(() => Read(("metadata.json", metadata), ("../model.safetensors", tensors)), "must not be in an artefact");
        Refused(() => Read(("metadata.json", metadata), ("metadata.json", metadata), ("model.safetensors", tensors)), "stands twice");
        Refused(() => Read(("metadata.json", metadata)), "'model.safetensors' is missing");
        Refused(() => ModelArtefact.Read(Tar(new PaxTarEntry(TarEntryType.SymbolicLink, "metadata.json") { LinkName = "/etc/passwd" }), Limits), "only plain files");
        Refused(() => ModelArtefact.Read(new byte[100], Limits), "damaged or no gzipped tar");
    }

    [Fact]
    public void A_bomb_is_stopped_while_it_unpacks()
    {
        var small = new ArtefactLimits { MaxMetadataBytes = 1000, MaxTensorBytes = 100_000 };
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var i = 0; i < 1000; i++)
                gzip.Write(new byte[100_000]);

        Refused(() => ModelArtefact.Read(packed.ToArray(), small), "unpacks to more than");
        Refused(() => ModelArtefact.Read(packed.ToArray(), new ArtefactLimits { MaxPackedBytes = 50 }), "at most 50");
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_refused()
    {
        var model = SampleModels.Create(1, MemberKinds.Ridge);
        ((Ridge)model.Members[0]).Weights[3] = float.NaN;

        Refused(() => ModelArtefact.Read(ModelArtefact.Write(model, new Dictionary<string, double>()), Limits), "'ridge.weight' holds a value that is not finite");
    }

    [Fact]
    public void A_model_for_other_features_or_strategies_is_refused_with_both_named()
    {
        var facts = SampleModels.Create(1).Facts;
        var fits = new ModelExpectations("schema-1", SampleModels.Features, PlantedMarket.Strategies, "strategies-1", PlantedMarket.SlotMs);
        fits.Check(facts);

        Refused(() => (fits with { FeatureSchemaHash = "other" }).Check(facts), "feature schema is schema-1; this system has other");
        Refused(() => (fits with { FeatureCount = 3 }).Check(facts), "number of features");
        Refused(() => (fits with { Strategies = ["a"] }).Check(facts), "list of strategies");
        Refused(() => (fits with { StrategySetHash = "x" }).Check(facts), "hash of strategies");
        Refused(() => (fits with { SlotMs = 1 }).Check(facts), "slot length");
    }

    private static void Refused(Action action, string rule) => Should.Throw<ArtefactRefusedException>(action).Message.ShouldContain(rule);

    private static Model Read(params (string Name, byte[] Content)[] entries) => ModelArtefact.Read(
        Tar([.. entries.Select(e => new PaxTarEntry(TarEntryType.RegularFile, e.Name) { DataStream = new MemoryStream(e.Content) })]), Limits);

    private static byte[] Tar(params TarEntry[] entries)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        return packed.ToArray();
    }
}
