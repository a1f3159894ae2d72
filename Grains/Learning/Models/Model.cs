namespace Hts.Models;

/// <summary>
/// A trained model as plain data: the <c>cond</c> table, members whose averaged outputs are added to it, the shrinkage of gross, the ranges outputs are held to, and
/// the residual quantiles behind the intervals. Nothing in it can run by itself; <see cref="ModelRunner"/> runs it.
/// </summary>
public sealed class Model
{
    internal Model(
        ModelFacts facts, CondTable cond, IReadOnlyList<Member> members, Scaler? scaler, double slope, OutputRange[] ranges, IntervalTable intervals)
    {
        Facts = facts;
        Layout = new TargetLayout(facts.Strategies);
        Cond = cond;
        Members = members;
        Scaler = scaler;
        Slope = slope;
        Ranges = ranges;
        Intervals = intervals;
    }

    public ModelFacts Facts { get; }

    public TargetLayout Layout { get; }

    /// <summary>Kinds of the members, for instance <c>ridge</c> and <c>mlp</c>; empty when the model is the <c>cond</c> table alone.</summary>
    public IReadOnlyList<string> Kinds => [.. Members.Select(m => m.Kind)];

    /// <summary>One word for the model: <c>cond</c>, its member's kind, or <c>average</c>.</summary>
    public string Kind => Members.Count switch
    {
        0 => Returns is null ? MemberKinds.Cond : MemberKinds.EmbeddingNet,
        1 => Members[0].Kind,
        _ => MemberKinds.Average,
    };

    /// <summary>Factor on gross, 0 to 1: what of the forecast direction was realised on the validation part.</summary>
    public double Slope { get; }

    public IntervalTable Intervals { get; }

    internal CondTable Cond { get; }

    internal IReadOnlyList<Member> Members { get; }

    /// <summary>Null when there is no member to read features.</summary>
    internal Scaler? Scaler { get; }

    internal OutputRange[] Ranges { get; }

    /// <summary>Where the features lay that the members learned from; null when that was not measured.</summary>
    internal FeatureSpace? Space { get; init; }

    /// <summary>A net that says the net returns itself, in the place of members; null in a model trained here.</summary>
    internal EmbeddingReturns? Returns { get; init; }

    /// <summary>Makes what runs this model on one thread at a time.</summary>
    /// <param name="maxRows">Largest batch.</param>
    public ModelRunner CreateRunner(int maxRows) => new(this, maxRows);
}
