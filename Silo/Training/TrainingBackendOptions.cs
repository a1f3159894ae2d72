namespace Hts.Training;

/// <summary>Where trainings run: section <c>Training</c>.</summary>
public sealed class TrainingBackendOptions
{
    public const string Section = "Training";
    public const string Local = "local";
    public const string SageMaker = "sagemaker";

    /// <summary>"local" (a child process on this machine) or "sagemaker" (section <c>Training:SageMaker</c>).</summary>
    public string Backend { get; set; } = Local;

    /// <summary>Memory of a training on this machine, megabytes (256 to 1,048,576); one that needs more is ended. 0: no limit.</summary>
    public int MemoryMegabytes { get; set; } = 4_096;
}
