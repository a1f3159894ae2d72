using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hts.Training;

/// <summary>The JSON that SageMaker puts into a container.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class ContainerJson : JsonSerializerContext;
