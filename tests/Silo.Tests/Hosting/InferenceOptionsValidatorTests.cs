using Hts.Hosting;
using Hts.Inference;
using Hts.Predictions;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Hosting;

public sealed class InferenceOptionsValidatorTests
{
    [Theory]
    [InlineData(3, 8, null)]
    [InlineData(10, 13, null)]
    [InlineData(10, 12, "Prediction:Inference:MaxModels is 12; allowed is 13 or more while Prediction:Challengers is 10.")]
    [InlineData(0, 1, "Prediction:Inference:MaxModels is 1; allowed is 3 or more while Prediction:Challengers is 0.")]
    public void Models_that_forecast_in_turn_have_room(int challengers, int models, string? failure) =>
        new InferenceOptionsValidator(Options.Create(new PredictionOptions { Challengers = challengers }))
            .Validate(null, new InferenceOptions { MaxModels = models }).FailureMessage.ShouldBe(failure);
}
