using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Models;

namespace Hts.Training;

/// <summary>
/// Members that an interrupted training had fitted, as files. Their names hold a hash of all that they depend on (data, seed, settings,
/// members, program), so one that fits is the same, bit for bit, as what would be fitted now.
/// </summary>
internal sealed class Checkpoints
{
    private const int NameLength = 32;
    private static readonly ArtefactLimits Limits = new();
    private readonly string directory;
    private readonly string key;

    private Checkpoints(string directory, string key)
    {
        this.directory = directory;
        this.key = key;
    }

    public static async Task<Checkpoints> Open(TrainingRequest request, TrainingOptions options, CancellationToken cancellation)
    {
        Directory.CreateDirectory(request.CheckpointDirectory!);
        await using var file = File.OpenRead(request.DataSetPath);
        var data = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        var settings = JsonSerializer.Serialize(options, TrainingJson.Default.TrainingOptions);
        var text = $"{data}\n{request.Seed}\n{string.Join(',', request.Members)}\n{settings}\n{typeof(Checkpoints).Module.ModuleVersionId}";
        return new Checkpoints(request.CheckpointDirectory!, ModelArtefact.Sha256(Encoding.UTF8.GetBytes(text))[..NameLength]);
    }

    /// <summary>Null when there is none, or only a damaged one.</summary>
    /// <param name="step">The fit of that member: "first" or "final".</param>
    public Member? Find(string kind, string step, LearningTask task)
    {
        var path = PathOf(kind, step);
        if (!File.Exists(path))
            return null;
        try
        {
            var member = ModelArtefact.Read(File.ReadAllBytes(path), Limits).Members.FirstOrDefault();
            task.Report($"{kind}: taken from its checkpoint", 1);
            return member;
        }
        catch (ArtefactRefusedException e)
        {
            // Cut off while it was written to a bucket, say: it is fitted again.
            task.Report($"{kind}: its checkpoint is of no use ({e.Message})", 0);
            return null;
        }
    }

    public void Keep(Member member, string step, LearningTask task)
    {
        var layout = task.Layout;
        var header = task.Data.Header;
        var facts = new ModelFacts
        {
            Strategies = header.Strategies,
            StrategySetHash = header.StrategySetHash,
            FeatureSchemaHash = header.FeatureSchemaHash,
            FeatureCount = header.FeatureCount,
            CostPerFill = header.CostPerFill,
            SlotMs = header.SlotMs,
            TrainedFromTs = 0,
            TrainedUntilTs = 0,
            MeanNet = new double[layout.StrategyCount],
            Rows = task.Data.Count,
            Symbols = task.Data.Symbols,
            Seed = task.Seed,
        };
        // The shape of a model with nothing in it but the member: what reads models reads checkpoints.
        var model = new Model(
            facts, new CondTable(new double[2 * layout.OutputCount]), [member], task.Scaler, 0, task.Targets.Ranges,
            new IntervalTable(new double[2 * layout.StrategyCount], new double[2 * layout.StrategyCount]));
        var path = PathOf(member.Kind, step);
        File.WriteAllBytes(path + ".tmp", ModelArtefact.Write(model, new Dictionary<string, double>()));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private string PathOf(string kind, string step) => Path.Combine(directory, $"{kind}-{step}-{key}.tar.gz");
}
