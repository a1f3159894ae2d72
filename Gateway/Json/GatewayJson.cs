using System.Text.Json;
using System.Text.Json.Serialization;
using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Live;
using Hts.Models;
using Hts.Predictions;
using Hts.Quality;
using Hts.Scorecards;
using Hts.Status;
using Hts.Symbols;
using Hts.Training;
using Microsoft.AspNetCore.Mvc;

namespace Hts.Json;

/// <summary>How everything that enters or leaves the gateway is written, generated at build.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Page<SymbolView>), TypeInfoPropertyName = "SymbolPage")]
[JsonSerializable(typeof(Page<BarView>), TypeInfoPropertyName = "BarPage")]
[JsonSerializable(typeof(Page<GapView>), TypeInfoPropertyName = "GapPage")]
[JsonSerializable(typeof(Page<PredictionView>), TypeInfoPropertyName = "PredictionPage")]
[JsonSerializable(typeof(Page<EmbeddingView>), TypeInfoPropertyName = "EmbeddingPage")]
[JsonSerializable(typeof(Page<ModelView>), TypeInfoPropertyName = "ModelPage")]
[JsonSerializable(typeof(Page<ModelMoveView>), TypeInfoPropertyName = "ModelMovePage")]
[JsonSerializable(typeof(Page<EventView>), TypeInfoPropertyName = "EventPage")]
[JsonSerializable(typeof(BarInput[]))]
[JsonSerializable(typeof(BarsReceipt))]
[JsonSerializable(typeof(QualityView))]
[JsonSerializable(typeof(ScorecardView))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingReceipt))]
[JsonSerializable(typeof(CurrentModelView))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(TrainingView))]
[JsonSerializable(typeof(TrainingRequest))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(FeedView))]
[JsonSerializable(typeof(LiveMark))]
[JsonSerializable(typeof(LiveSubscriptions))]
[JsonSerializable(typeof(LivePayload))]
[JsonSerializable(typeof(LiveEnvelope<BarView>))]
[JsonSerializable(typeof(LiveEnvelope<PredictionView>))]
[JsonSerializable(typeof(LiveEnvelope<EpochView>))]
[JsonSerializable(typeof(LiveEnvelope<EventView>))]
[JsonSerializable(typeof(LiveEnvelope<FeedView>))]
[JsonSerializable(typeof(LiveEnvelope<LiveLoss>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class GatewayJson : JsonSerializerContext;
