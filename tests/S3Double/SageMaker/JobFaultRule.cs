namespace Hts.S3Double.SageMaker;

/// <summary>What goes wrong with the jobs of a kind of machine.</summary>
/// <param name="Instance">Such as ml.g4dn.xlarge, or <see cref="FaultRule.Any"/>.</param>
internal sealed record JobFaultRule(string Instance, JobFault Fault)
{
    /// <summary>All that may go wrong, in words.</summary>
    public static string Names { get; } = string.Join(", ", Enum.GetNames<JobFault>().Skip(1));

    /// <summary>Reads <c>instance=name</c>.</summary>
    /// <exception cref="FormatException">It is none; the message says what is allowed.</exception>
    public static JobFaultRule Parse(string text)
    {
        if (text.Split('=') is not [{ Length: > 0 } instance, var name])
            throw new FormatException($"'{text}' is no <instance>=<fault>.");
        var known = Enum.GetValues<JobFault>().FirstOrDefault(f => f.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
        return known == JobFault.None ? throw new FormatException($"'{text}': the fault is none of {Names}.") : new(instance, known);
    }

    public bool IsFor(SageMakerJob job) => Instance == FaultRule.Any || Instance == job.Instance;
}
