using Hts.Forecasts;

namespace Hts.Models;

/// <summary>Cuts a model into the parts that forecast alone beside it: see <see cref="ForecastParts"/>.</summary>
internal static class ModelParts
{
    /// <summary>Parts that say something else than the whole: none of a bare table, no linear member where it is the only one.</summary>
    public static IEnumerable<(string Part, Model Model)> Of(Model model)
    {
        if (model.Members.Count == 0 && model.Returns is null)
            yield break;
        yield return (ForecastParts.Cond, With(model, [], null));
        if (model.Members.Count > 1 && model.Members.FirstOrDefault(m => m.Kind == MemberKinds.Ridge) is { } ridge)
            yield return (ForecastParts.Ridge, With(model, [ridge], model.Scaler));
    }

    private static Model With(Model model, Member[] members, Scaler? scaler) =>
        new(model.Facts, model.Cond, members, scaler, model.Slope, model.Ranges, model.Intervals);
}
