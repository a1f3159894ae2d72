using System.IO.Compression;
using System.Text;
using CsCheck;
using Hts.Artefacts;
using Hts.Artefacts.PyTorch;
using Hts.Forecasts;

namespace Hts.Tests.Artefacts.PyTorch;

public class StateDictTests
{
    private static readonly ArtefactLimits Limits = new();

    [Fact]
    public void A_view_is_gathered_by_its_offset_and_strides()
    {
        // Two columns of a 3 × 2 matrix that is stored column after column, the first number left out.
        var file = Single(w => w.Tensor("FloatStorage", "0", 7, 1, [3, 2], [1, 3]), Floats(9, 1, 2, 3, 4, 5, 6));

        var tensor = StateDict.Read(file, Limits).ShouldHaveSingleItem();

        tensor.Shape.ShouldBe([3, 2]);
        tensor.Doubles.ShouldBe([1, 4, 2, 5, 3, 6]);
    }

    [Theory]
    [InlineData("DoubleStorage", new byte[] { 0, 0, 0, 0, 0, 0, 0xf8, 0x3f }, 1.5)]
    [InlineData("HalfStorage", new byte[] { 0x00, 0x3e }, 1.5)]
    [InlineData("BFloat16Storage", new byte[] { 0xc0, 0xbf }, -1.5)]
    [InlineData("LongStorage", new byte[] { 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, -2.0)]
    public void Numbers_of_each_kind_are_read(string type, byte[] content, double expected) =>
        StateDict.Read(Single(w => w.Tensor(type, "0", 1, 0, [1], [1]), content), Limits).ShouldHaveSingleItem().Doubles.ShouldBe([expected]);

    [Theory]
    [InlineData(0, new[] { 3 }, new[] { 1 })]
    [InlineData(1, new[] { 2 }, new[] { 1 })]
    [InlineData(-1, new[] { 1 }, new[] { 1 })]
    [InlineData(0, new[] { 2 }, new[] { -1 })]
    [InlineData(0, new[] { 2, 2 }, new[] { 1 })]
    [InlineData(0, new[] { int.MaxValue, int.MaxValue, int.MaxValue }, new[] { 0, 0, 0 })]
    public void A_view_beyond_its_storage_is_refused(int offset, int[] size, int[] stride) =>
        Refusal(Single(w => w.Tensor("FloatStorage", "0", 2, offset, size, stride), Floats(1, 2))).ShouldContain("tensor");

    [Fact]
    public void Views_that_unfold_a_small_storage_without_bound_are_refused() =>
        Refusal(Single(w => w.Tensor("FloatStorage", "0", 1, 0, [1_000_000_000], [0]), Floats(1))).ShouldContain("unfold");

    [Fact]
    public void A_storage_of_another_length_is_refused() =>
        Refusal(Single(w => w.Tensor("FloatStorage", "0", 3, 0, [3], [1]), Floats(1, 2))).ShouldContain("not 12");

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch._utils", "_rebuild_tensor_v3")]
    [InlineData("torch", "UntypedStorage")]
    [InlineData("collections", "OrderedDict ")]
    public void A_name_that_a_state_dict_does_not_need_is_refused(string module, string name) =>
        Refusal(PickleWriter.Zip(PickleWriter.Begin().Global(module, name).Text("id").Raw(0x85).Op('R').End())).ShouldContain("name");

    [Fact]
    public void A_storage_type_cannot_be_called() =>
        Refusal(PickleWriter.Zip(PickleWriter.Begin().Global("torch", "FloatStorage").Op(')').Op('R').End())).ShouldContain("call");

    /// <summary>Instructions that call, import or build in pickles of other kinds.</summary>
    [Theory]
    [InlineData('i')]
    [InlineData('o')]
    [InlineData('\x81')]
    [InlineData('\x92')]
    [InlineData('\x93')]
    [InlineData('\x82')]
    [InlineData('P')]
    [InlineData('N')]
    [InlineData('\x95')]
    public void An_instruction_that_is_not_listed_is_refused(char code) =>
        Refusal(PickleWriter.Zip(PickleWriter.Begin().EmptyOrdered().Op(code).End())).ShouldContain("instruction 0x");

    [Fact]
    public void What_is_built_from_more_than_versions_is_refused() =>
        Refusal(PickleWriter.Zip(PickleWriter.Begin().EmptyOrdered().Op('}').Text("__class__").Number(1).Op('s').Op('b').End())).ShouldContain("built");

    [Fact]
    public void What_follows_the_end_is_refused() =>
        Refusal(PickleWriter.Zip([.. PickleWriter.Begin().EmptyOrdered().End(), 0])).ShouldContain("follows");

    [Fact]
    public void A_value_that_is_no_tensor_is_refused() =>
        Refusal(PickleWriter.Zip(PickleWriter.Begin().EmptyOrdered().Text("a").Number(1).Op('s').End())).ShouldContain("'a' is no plain tensor");

    [Fact]
    public void A_name_that_stands_twice_is_refused() => Refusal(PickleWriter.Zip(
        PickleWriter.Begin().EmptyOrdered().Text("a").Number(1).Op('s').Text("a").Number(1).Op('s').End())).ShouldContain("twice");

    [Fact]
    public void TorchScript_is_refused_by_name() => Refusal(PickleWriter.Zip(
        PickleWriter.Begin().EmptyOrdered().End(), ("code/__torch__.py", Encoding.ASCII.GetBytes("def f(): pass")))).ShouldContain("TorchScript");

    [Fact]
    public void The_legacy_format_is_refused_with_advice() => Refusal([0x80, 2, 0x8a, 10]).ShouldContain("1.6");

    [Fact]
    public void Big_endian_numbers_are_refused() =>
        Refusal(PickleWriter.Zip(PickleWriter.Begin().EmptyOrdered().End(), ("byteorder", "big"u8.ToArray()))).ShouldContain("little-endian");

    [Fact]
    public void A_compressed_member_is_refused() => Refusal(PickleWriter.Zip(
        CompressionLevel.SmallestSize, ("archive/data.pkl", PickleWriter.Begin().EmptyOrdered().End()), ("archive/data/0", new byte[100_000]))).ShouldContain("compressed");

    [Fact]
    public void A_member_outside_the_root_folder_is_refused() => Refusal(PickleWriter.Zip(
        CompressionLevel.NoCompression, ("archive/data.pkl", PickleWriter.Begin().EmptyOrdered().End()), ("../evil", []))).ShouldContain("outside");

    [Fact]
    public void Whatever_byte_is_changed_the_file_is_read_or_refused()
    {
        var file = Single(w => w.Tensor("FloatStorage", "0", 2, 0, [2], [1]), Floats(1, 2));
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = (byte[])file.Clone();
            changed[at] = value;
            try
            {
                StateDict.Read(changed, Limits);
            }
            catch (ArtefactRefusedException)
            {
                // That is the other allowed end.
            }
        });
    }

    private static byte[] Single(Func<PickleWriter, PickleWriter> tensor, byte[] storage) =>
        PickleWriter.Zip(tensor(PickleWriter.Begin().EmptyOrdered().Text("w")).Op('s').End(), ("data/0", storage), ("version", "3\n"u8.ToArray()));

    private static byte[] Floats(params float[] values)
    {
        var bytes = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private static string Refusal(byte[] file) => Should.Throw<ArtefactRefusedException>(() => StateDict.Read(file, Limits)).Message;
}
