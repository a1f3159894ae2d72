using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Audits;

internal sealed class FeatureAuditOptionsValidator : IValidateOptions<FeatureAuditOptions>
{
    public ValidateOptionsResult Validate(string? name, FeatureAuditOptions options) => new OptionRules("Audit")
        .Within(nameof(options.MinutesAfterMidnight), options.MinutesAfterMidnight, 10, 1200)
        .Within(nameof(options.Symbols), options.Symbols, 1, 100_000)
        .Result();
}
