namespace Hts.Files;

/// <summary>Counts of a reading in progress, and where its problems go. The reading goes on after each problem.</summary>
/// <param name="onProblem">Called for every problem, on the reading thread.</param>
internal sealed class ReadReport(Action<FileProblem>? onProblem = null)
{
    private const int Kept = 100;

    private readonly List<FileProblem> first = [];

    public int Files { get; set; }

    /// <summary>Rows that were read well.</summary>
    public long Rows { get; set; }

    public long BadRows { get; private set; }

    /// <summary>Files that could not be opened, understood or read to their end.</summary>
    public int BadFiles { get; private set; }

    /// <summary>The first hundred problems.</summary>
    public IReadOnlyList<FileProblem> First => first;

    /// <summary>A row that was read well breaks a rule beyond its own line.</summary>
    public void Refuse(FileProblem problem)
    {
        Rows--;
        BadRows++;
        Keep(problem);
    }

    public void Add(FileProblem problem)
    {
        if (problem.Line == 0)
            BadFiles++;
        else
            BadRows++;
        Keep(problem);
    }

    private void Keep(FileProblem problem)
    {
        if (first.Count < Kept)
            first.Add(problem);
        onProblem?.Invoke(problem);
    }
}
