using System.Text.Json.Serialization;

namespace Hts.Models;

[JsonSourceGenerationOptions(WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PointerDocument))]
[JsonSerializable(typeof(ForeignPointer))]
[JsonSerializable(typeof(PinDocument))]
internal sealed partial class PointerJson : JsonSerializerContext;
