using Hts.Inference;
using Hts.Predictions;
using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Asks for room for all models that forecast in turn: with less they push one another out of memory at each slot.</summary>
internal sealed class InferenceOptionsValidator(IOptions<PredictionOptions> predictions) : IValidateOptions<InferenceOptions>
{
    /// <summary>The champion, the anchor, and the model that comes in the place of one that forecasts.</summary>
    private const int BesideChallengers = 3;

    public ValidateOptionsResult Validate(string? name, InferenceOptions options)
    {
        var challengers = predictions.Value.Challengers;
        var least = challengers + BesideChallengers;
        return options.MaxModels >= least
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Prediction:Inference:MaxModels is {options.MaxModels}; allowed is {least} or more while Prediction:Challengers is {challengers}.");
    }
}
