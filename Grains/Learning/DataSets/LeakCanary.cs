namespace Hts.DataSets;

/// <summary>
/// A wilful leak, to see whether the checks find it: features are made as if the clock were so many bars ahead. Section
/// <c>Training:LeakCanary</c>; never set where a model is to serve.
/// </summary>
public sealed class LeakCanary
{
    /// <summary>Bars of the future that features know, within [0, 40]. Default 0: no leak.</summary>
    public int FeaturesKnowFutureBars { get; set; }

    /// <exception cref="ArgumentOutOfRangeException">The value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        if (FeaturesKnowFutureBars is < 0 or > 40)
            throw new ArgumentOutOfRangeException(
                nameof(FeaturesKnowFutureBars), FeaturesKnowFutureBars, "FeaturesKnowFutureBars must lie within [0, 40].");
    }
}
