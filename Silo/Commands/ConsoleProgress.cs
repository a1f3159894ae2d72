using Hts.Training;

namespace Hts.Commands;

/// <summary>Progress of long work: one line a change, on the error stream so that results can be piped.</summary>
internal static class ConsoleProgress
{
    public static IProgress<TrainingStep> Create()
    {
        var last = "";
        return new Progress<TrainingStep>(step =>
        {
            if (step.Stage == last)
                return;
            last = step.Stage;
            Console.Error.WriteLine(step.Stage);
        });
    }
}
