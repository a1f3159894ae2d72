namespace Hts.Objects;

/// <summary>Where things stand in object storage.</summary>
/// <param name="TrainPrefix">Data sets of the trainings.</param>
/// <param name="ModelPrefix">Models, the pointer to the serving one, and its history.</param>
public sealed record ObjectLayout(string TrainPrefix = "train", string ModelPrefix = "model")
{
    /// <summary>The pointer to the serving model.</summary>
    public string Pointer { get; init; } = $"{ModelPrefix}/latest.json";

    /// <summary>The pin that holds the serving model in its place; absent while nothing is pinned.</summary>
    public string Pin => $"{ModelPrefix}/pin.json";

    /// <summary>What the names of all records of epochs begin with.</summary>
    public string Epochs => $"{ModelPrefix}/epochs/";

    /// <summary>The pointer to the newest data set.</summary>
    public string TrainPointer => $"{TrainPrefix}/latest.json";

    /// <summary>The write-once record of an epoch.</summary>
    public string Epoch(long number) => FormattableString.Invariant($"{ModelPrefix}/epochs/{number}.json");

    /// <summary>The data set of a run; <paramref name="run"/> is its instant in ISO 8601.</summary>
    public string DataSet(string run) => $"{TrainPrefix}/run_ts={run}/train.parquet";

    /// <summary>The artefact of a run.</summary>
    public string Model(string run) => $"{ModelPrefix}/run_ts={run}/model.tar.gz";

    /// <summary>The artefact of a run whose usual place another one of its attempts has taken.</summary>
    public string Model(string run, string version) => $"{ModelPrefix}/run_ts={run}/{version}/model.tar.gz";
}
