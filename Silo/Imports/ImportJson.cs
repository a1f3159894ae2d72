using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hts.Imports;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportedPart))]
[JsonSerializable(typeof(BarDifference))]
internal sealed partial class ImportJson : JsonSerializerContext;
