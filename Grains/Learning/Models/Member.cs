namespace Hts.Models;

/// <summary>
/// One learner's result as plain numbers: what it adds to the <see cref="CondTable"/>, from scaled features. Members of a model are
/// averaged output by output.
/// </summary>
internal abstract record Member
{
    /// <summary>Short stable name: it stands in artefacts and on command lines.</summary>
    public abstract string Kind { get; }

    /// <summary>Makes what is needed to run the member on one thread at a time, for at most <paramref name="maxRows"/> rows a call.</summary>
    public abstract IMemberRunner CreateRunner(int maxRows);
}
