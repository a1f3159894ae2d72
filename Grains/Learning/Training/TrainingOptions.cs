using Hts.Models;
using Hts.Splits;

namespace Hts.Training;

/// <summary>How a model is trained; section <c>Training:Model</c>.</summary>
public sealed class TrainingOptions
{
    /// <summary>Rows below which nothing is trained at all. Default 100.</summary>
    public int MinRows { get; set; } = 100;

    /// <summary>Training rows below which only <c>cond</c> is fitted. Default 200.</summary>
    public int MinFitRows { get; set; } = 200;

    /// <summary>
    /// Slots a symbol below which <c>cond</c> is the candidate whatever the validation part says: with less, a better loss there is
    /// mostly luck. Default 4,000, four weeks; 0 lets the validation part decide at once.
    /// </summary>
    public int ScarceSlots { get; set; } = 4000;

    /// <summary>Share of gross/σ clipped at each end before fitting. Default .002.</summary>
    public double ClipShare { get; set; } = 0.002;

    /// <summary>Coverage that intervals aim at. Default .9.</summary>
    public double Coverage { get; set; } = 0.9;

    /// <summary>Shares of validation and test.</summary>
    public SplitOptions Split { get; set; } = new();

    /// <summary>The linear member.</summary>
    public RidgeOptions Ridge { get; set; } = new();

    /// <summary>The perceptron.</summary>
    public MlpOptions Mlp { get; set; } = new();

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        Check(nameof(MinRows), MinRows, 1, 1_000_000);
        Check(nameof(MinFitRows), MinFitRows, 10, 1_000_000);
        Check(nameof(ScarceSlots), ScarceSlots, 0, 1_000_000);
        Check(nameof(ClipShare), ClipShare, 0, 0.2);
        Check(nameof(Coverage), Coverage, 0.5, 0.999);
        Split.Validate();
        Ridge.Validate();
        Mlp.Validate();
    }

    /// <exception cref="ArgumentException">A name is unknown or stands twice, or there is none.</exception>
    internal static void CheckMembers(IReadOnlyList<string> members)
    {
        if (members.Count == 0 || members.Distinct(StringComparer.Ordinal).Count() != members.Count || members.Except(MemberKinds.All).Any())
            throw new ArgumentException(
                $"Members '{string.Join(',', members)}': one or more of {string.Join(", ", MemberKinds.All)} are allowed, each once.", nameof(members));
    }

    internal static void Check<T>(string key, T value, T least, T most)
        where T : IComparable<T>
    {
        if (!(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0))
            throw new ArgumentOutOfRangeException(key, value, $"{key} must lie within {least} and {most}.");
    }
}
