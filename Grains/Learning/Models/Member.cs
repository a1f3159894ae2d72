namespace Hts.Models;

/// <summary>One learner's result as plain numbers. Members of a model are averaged output by output.</summary>
internal abstract record Member
{
    /// <summary>Short stable name: it stands in artefacts and on command lines.</summary>
    public abstract string Kind { get; }

    /// <summary>True when the member reads scaled features and not only the standing states.</summary>
    public abstract bool ReadsFeatures { get; }

    /// <summary>Makes what is needed to run the member on one thread at a time, for at most <paramref name="maxRows"/> rows a call.</summary>
    public abstract IMemberRunner CreateRunner(TargetLayout layout, int maxRows);
}
