namespace Hts.Training;

/// <summary>Builds the data set of a run from what is stored and puts it into object storage.</summary>
public interface IDataSetPreparer
{
    /// <summary>Uses only facts known at <paramref name="runTs"/>; repeating it for a run gives the same data set.</summary>
    Task<DataSetInfo> Prepare(string jobName, long runTs, CancellationToken cancellation);
}
