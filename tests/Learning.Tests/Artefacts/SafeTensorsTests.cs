using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Hts.Artefacts;
using Hts.Forecasts;

namespace Hts.Tests.Artefacts;

public sealed class SafeTensorsTests
{
    [Fact]
    public void Arrays_of_any_shape_come_back_to_the_bit() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 7], Gen.Bool).Array[0, 6].Sample(shapes =>
        {
            var tensors = shapes.Select((s, i) => s.Item3
                ? new NamedTensor($"t{i}", [s.Item1, s.Item2], [.. Enumerable.Range(0, s.Item1 * s.Item2).Select(v => v * 0.1)])
                : new NamedTensor($"t{i}", [s.Item1, s.Item2], [.. Enumerable.Range(0, s.Item1 * s.Item2).Select(v => v * 0.1f)])).ToList();

            var back = SafeTensors.Read(SafeTensors.Write(tensors));

            back.Count.ShouldBe(tensors.Count);
            foreach (var tensor in tensors)
            {
                back[tensor.Name].Shape.ShouldBe(tensor.Shape);
                if (tensor.Type == NamedTensor.DoubleType)
                    back[tensor.Name].Doubles.ShouldBe(tensor.Doubles);
                else
                    back[tensor.Name].Singles.ShouldBe(tensor.Singles);
            }
        }, iter: 200);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "4 bytes belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "ends at 8 of 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlap or leave a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlap or leave a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8, "type I64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "no valid shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,8]}}""", 8, "larger than")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "header is not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "header is not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x""", 8, "header is not")]
    [InlineData("not json", 0, "header is not")]
    public void Headers_are_read_strictly(string header, int bytes, string? rule)
    {
        var file = File(header, bytes);

        if (rule is null)
            SafeTensors.Read(file)["a"].Length.ShouldBe(2);
        else
            Should.Throw<ArtefactRefusedException>(() => SafeTensors.Read(file)).Message.ShouldContain(rule);
    }

    [Fact]
    public void A_header_beyond_its_bound_is_refused_before_it_is_read()
    {
        var file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);

        Should.Throw<ArtefactRefusedException>(() => SafeTensors.Read(file)).Message.ShouldContain("at most 65536");
    }

    private static byte[] File(string header, int bytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + bytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        return file;
    }
}
