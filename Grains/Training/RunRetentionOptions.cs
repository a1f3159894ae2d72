namespace Hts.Training;

/// <summary>Section "Training:Retention": how long what trainings leave in object storage is kept.</summary>
public sealed class RunRetentionOptions
{
    /// <summary>Days that data sets are kept; 0 keeps all.</summary>
    public int DataSetDays { get; set; } = 2;

    /// <summary>Days that models are kept which do not serve; 0 keeps all.</summary>
    public int ModelDays { get; set; } = 30;

    /// <summary>Models that served last, to go back to; kept however old they are.</summary>
    public int Predecessors { get; set; } = 8;

    /// <summary>Hours by the store's clock in which nothing that was written is dropped, however old it claims to be.</summary>
    public int SafetyHours { get; set; } = 24;
}
