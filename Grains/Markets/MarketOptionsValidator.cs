using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Markets;

internal sealed class MarketOptionsValidator : IValidateOptions<MarketOptions>
{
    public ValidateOptionsResult Validate(string? name, MarketOptions options) => new OptionRules("Features")
        .Within(nameof(options.EmbeddingDelaySeconds), options.EmbeddingDelaySeconds, 0, 86_400)
        .Result();
}
