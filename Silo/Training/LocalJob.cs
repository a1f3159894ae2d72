using System.Text.Json;

namespace Hts.Training;

/// <summary>The folder of one training on this machine: what goes in, what comes out, and how it ended.</summary>
internal sealed class LocalJob(string folder)
{
    public string DataSet => Path.Combine(folder, "train.parquet");

    public string Champion => Path.Combine(folder, "champion.tar.gz");

    public string Output => Path.Combine(folder, "out");

    public string Log => Path.Combine(folder, "train.log");

    private string Verdict => Path.Combine(folder, "outcome.json");

    /// <summary>Null while the job has not ended.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public TrainingOutcome? ReadOutcome()
    {
        if (!File.Exists(Verdict))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Verdict), LocalTrainingJson.Default.TrainingOutcome);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{Verdict} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Whole or not at all.</summary>
    public async Task WriteOutcome(TrainingOutcome outcome)
    {
        var temporary = Verdict + ".tmp";
        await File.WriteAllBytesAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(outcome, LocalTrainingJson.Default.TrainingOutcome));
        File.Move(temporary, Verdict, overwrite: true);
    }
}
