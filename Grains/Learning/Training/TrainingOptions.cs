using Hts.Models;
using Hts.Settings;
using Hts.Splits;

namespace Hts.Training;

/// <summary>How a model is trained; section <c>Training:Model</c>.</summary>
public sealed class TrainingOptions
{
    /// <summary>Rows below which nothing is trained at all. Default 100.</summary>
    public int MinRows { get; set; } = 100;

    /// <summary>Newest time that each symbol keeps at least where rows exceed <see cref="MaxRows"/>, ms: eight weeks.</summary>
    public const long LeastMs = 56 * 86_400_000L;

    /// <summary>
    /// Most rows to read, the newest ones: with it memory is bounded however long the history gets. Where that leaves symbols less than
    /// <see cref="LeastMs"/>, some are left out. Default 250,000, a year of four symbols and some or eight weeks of 31; with 622 features a
    /// row they take 620 MB, the whole training about 1 GB.
    /// </summary>
    public int MaxRows { get; set; } = 250_000;

    /// <summary>Training rows below which only <c>cond</c> is fitted. Default 200.</summary>
    public int MinFitRows { get; set; } = 200;

    /// <summary>
    /// Slots a symbol, of the one that has most, below which <c>cond</c> is the candidate unless another leads it clearly
    /// (<see cref="LeadT"/>): with less, a better validation loss alone is mostly luck. Default 4,000, four weeks; 0 lets the plain loss decide at once.
    /// </summary>
    public int ScarceSlots { get; set; } = 4000;

    /// <summary>
    /// What makes a lead over <c>cond</c> clear: the mean over blocks of time of the block's mean gain in loss, divided by its standard
    /// error. Default 3; over twelve blocks luck reaches it in 6 of 1,000 cases.
    /// </summary>
    public double LeadT { get; set; } = 3;

    /// <summary>
    /// Slots of a block. Default 18, three hours: long enough that neighbouring blocks say different things, short enough that the 225
    /// validation slots of 1,500 make twelve of them.
    /// </summary>
    public int LeadBlockSlots { get; set; } = 18;

    /// <summary>Fewest blocks; with less, no lead is clear. Default 8.</summary>
    public int LeadMinBlocks { get; set; } = 8;

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

    /// <summary>The boosted trees.</summary>
    public TreesOptions Trees { get; set; } = new();

    /// <summary>Models that must know nothing.</summary>
    public PlaceboOptions Placebo { get; set; } = new();

    /// <summary>What is strange to a model.</summary>
    public FeatureSpaceOptions FeatureSpace { get; set; } = new();

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(MinRows), MinRows, 1, 1_000_000);
        SettingRange.Check(nameof(MaxRows), MaxRows, MinRows, 100_000_000);
        SettingRange.Check(nameof(MinFitRows), MinFitRows, 10, 1_000_000);
        SettingRange.Check(nameof(ScarceSlots), ScarceSlots, 0, 1_000_000);
        SettingRange.Check(nameof(LeadT), LeadT, 0, 100);
        SettingRange.Check(nameof(LeadBlockSlots), LeadBlockSlots, 1, 10_000);
        SettingRange.Check(nameof(LeadMinBlocks), LeadMinBlocks, 2, 10_000);
        SettingRange.Check(nameof(ClipShare), ClipShare, 0, 0.2);
        SettingRange.Check(nameof(Coverage), Coverage, 0.5, 0.999);
        Split.Validate();
        Ridge.Validate();
        Mlp.Validate();
        Trees.Validate();
        Placebo.Validate();
        FeatureSpace.Validate();
    }

    /// <exception cref="ArgumentException">A name is unknown or stands twice, or there is none.</exception>
    internal static void CheckMembers(IReadOnlyList<string> members)
    {
        if (members.Count == 0 || members.Distinct(StringComparer.Ordinal).Count() != members.Count || members.Except(MemberKinds.All).Any())
            throw new ArgumentException(
                $"Members '{string.Join(',', members)}': one or more of {string.Join(", ", MemberKinds.All)} are allowed, each once.", nameof(members));
    }
}
