using System.Text.Json.Serialization;

namespace Hts.Exchange;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MarketRecord))]
internal sealed partial class MarketRecordJson : JsonSerializerContext;
