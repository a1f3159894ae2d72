using Hts.Models;

namespace Hts.Training;

/// <summary>A member or an average on its way to being chosen.</summary>
/// <param name="Learners">What it is made of; none for the <c>cond</c> table alone.</param>
/// <param name="Losses">Huber loss of each row of the validation part.</param>
internal sealed record Candidate(string Name, Learner[] Learners, double Slope, IntervalTable Intervals, double[] Losses)
{
    /// <summary>Mean of <see cref="Losses"/>.</summary>
    public double Loss { get; } = Losses.Average();
}
