using Hts.Models;

namespace Hts.Training;

/// <summary>Fits one kind of member. An instance serves one training and keeps what it chose between its two fits.</summary>
internal abstract class Learner
{
    public abstract string Kind { get; }

    /// <summary>Fits on training rows; validation rows may be used to stop early, never to fit on.</summary>
    public abstract Member Fit(LearningTask task, ReadOnlySpan<int> train, ReadOnlySpan<int> validation);

    /// <summary>
    /// Takes the result of an earlier, equal fit as its own; false when the second fit needs more of the first one than that, so that it
    /// must be made again.
    /// </summary>
    public virtual bool Resume(Member fitted) => false;

    /// <summary>
    /// Fits anew on all rows but the test's, with what the first fit chose; a learner that needs the validation part to stop gives its
    /// first result again.
    /// </summary>
    public abstract Member Refit(LearningTask task, ReadOnlySpan<int> rows);
}
