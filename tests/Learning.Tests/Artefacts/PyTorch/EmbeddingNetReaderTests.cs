using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Hts.Artefacts;
using Hts.Artefacts.PyTorch;
using Hts.Forecasts;

namespace Hts.Tests.Artefacts.PyTorch;

public class EmbeddingNetReaderTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("layernorm")]
    public void A_net_written_by_PyTorch_predicts_as_PyTorch_does(string name)
    {
        var (metadata, tensors) = Fixture(name);
        var net = EmbeddingNetReader.Read(metadata, tensors);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.expected.json")));

        var outputs = new double[net.Outputs];
        foreach (var (input, output) in Rows(expected, "inputs").Zip(Rows(expected, "outputs")))
        {
            net.Run(Array.ConvertAll(input, x => (float)x), outputs);
            for (var o = 0; o < outputs.Length; o++)
                outputs[o].ShouldBe(output[o], 1e-5);
        }
    }

    [Fact]
    public void Metadata_of_other_widths_is_refused()
    {
        var (metadata, tensors) = Fixture("plain");
        Should.Throw<ArtefactRefusedException>(() => EmbeddingNetReader.Read(metadata with { HiddenDims = [256, 128] }, tensors))
            .Message.ShouldContain("'net.6.weight' is [64,128], not [6,128]");
    }

    [Fact]
    public void A_tensor_without_a_layer_is_refused()
    {
        var (metadata, tensors) = Fixture("plain");
        Should.Throw<ArtefactRefusedException>(() => EmbeddingNetReader.Read(metadata, [.. tensors, new NamedTensor("net.12.weight", [1], [0.0])]))
            .Message.ShouldContain("'net.12.weight' belongs to no layer");
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_refused()
    {
        var (metadata, tensors) = Fixture("plain");
        tensors[^1].Doubles[0] = double.NaN;
        Should.Throw<ArtefactRefusedException>(() => EmbeddingNetReader.Read(metadata, tensors)).Message.ShouldContain("not finite");
    }

    [Fact]
    public void Metadata_without_a_list_is_refused_as_such() => Should.Throw<JsonException>(() => JsonSerializer.Deserialize(
        """{"feature_dim":512,"hidden_dims":null,"dropout":0.1,"use_layernorm":false,"target_cols":["trend_return_pct"]}""",
        EmbeddingNetJson.Default.EmbeddingNetMetadata));

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(512, 1.0)]
    [InlineData(512, double.NaN)]
    public void Metadata_that_makes_no_net_is_refused(int features, double dropout)
    {
        var (metadata, tensors) = Fixture("plain");
        Should.Throw<ArtefactRefusedException>(() => EmbeddingNetReader.Read(metadata with { FeatureDim = features, Dropout = dropout }, tensors))
            .Message.ShouldStartWith("metadata.json:");
    }

    private static string Folder => Path.Combine(SharedData.Folder(), "..", "fixtures", "pytorch");

    private static (EmbeddingNetMetadata Metadata, IReadOnlyList<NamedTensor> Tensors) Fixture(string name)
    {
        EmbeddingNetMetadata? metadata = null;
        IReadOnlyList<NamedTensor>? tensors = null;
        using var tar = new TarReader(new GZipStream(File.OpenRead(Path.Combine(Folder, $"{name}.model.tar.gz")), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { DataStream: { } content } entry)
        {
            var bytes = new byte[entry.Length];
            content.ReadExactly(bytes);
            if (entry.Name == "metadata.json")
                metadata = JsonSerializer.Deserialize(bytes, EmbeddingNetJson.Default.EmbeddingNetMetadata);
            else
                tensors = StateDict.Read(bytes, new ArtefactLimits());
        }
        return (metadata!, tensors!);
    }

    private static IEnumerable<double[]> Rows(JsonDocument document, string name) =>
        document.RootElement.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray());
}
