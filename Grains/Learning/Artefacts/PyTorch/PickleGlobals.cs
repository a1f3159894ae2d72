using Hts.Forecasts;

namespace Hts.Artefacts.PyTorch;

/// <summary>The names of Python that a state dict may mention and what becomes of them. They stay names: nothing of Python is behind them.</summary>
internal static class PickleGlobals
{
    private const string OrderedDictionary = "collections OrderedDict";
    private const string Tensor = "torch._utils _rebuild_tensor_v2";
    private const string Parameter = "torch._utils _rebuild_parameter";

    private static readonly Dictionary<string, object> Known = new(StringComparer.Ordinal)
    {
        [OrderedDictionary] = new Name(OrderedDictionary),
        [Tensor] = new Name(Tensor),
        [Parameter] = new Name(Parameter),
        ["torch FloatStorage"] = StorageType.Float,
        ["torch DoubleStorage"] = StorageType.Double,
        ["torch HalfStorage"] = StorageType.Half,
        ["torch BFloat16Storage"] = StorageType.BFloat16,
        ["torch LongStorage"] = StorageType.Long,
    };

    /// <summary>Null for a name that is not allowed.</summary>
    public static object? Find(string module, string name) => Known.GetValueOrDefault($"{module} {name}");

    /// <summary>The storage of a persistent id: its kind, key, place (left unread) and count.</summary>
    /// <exception cref="ArtefactRefusedException">It is no such id.</exception>
    public static PickleStorage Storage(object? id) =>
        id is object?[] and ["storage", StorageType type, string key, string, long count and > 0] && PickleStorage.IsKey(key) && count <= int.MaxValue / 8
            ? new PickleStorage(type, key, count)
            : throw new ArtefactRefusedException("model.pth: a persistent id that names no storage.");

    /// <summary>What a name gives for arguments.</summary>
    /// <exception cref="ArtefactRefusedException">The name is not one that may be called, or not with these.</exception>
    public static object Call(object? name, object? arguments) => (name, arguments) switch
    {
        (Name { Value: OrderedDictionary }, object?[] and []) => new PickleDictionary(),
        (Name { Value: Tensor }, object?[] and [PickleStorage storage, long offset, object?[] size, object?[] stride, bool, PickleDictionary { Keys: [] }]) =>
            PickleTensor.Of(storage, offset, Numbers(size), Numbers(stride)),
        (Name { Value: Parameter }, object?[] and [PickleTensor tensor, bool, PickleDictionary { Keys: [] }]) => tensor,
        _ => throw new ArtefactRefusedException("model.pth: a call that makes no plain tensor."),
    };

    private static long[] Numbers(object?[] values) => Array.ConvertAll(
        values, value => value is long number ? number : throw new ArtefactRefusedException("model.pth: a size or stride that is no number."));

    private sealed record Name(string Value);
}
