using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Hts.S3Double.SageMaker;

/// <summary>A container's <c>/opt/ml</c>, as a folder of its own, and the process that works in it.</summary>
internal sealed class JobContainer(S3Server server, SageMakerJob job) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("hts-ml-").FullName;

    /// <summary>What the container said of its failure.</summary>
    public string Failure
    {
        get
        {
            var path = Path.Combine(root, "output", "failure");
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
    }

    /// <summary>Configuration, channels and checkpoints, as they stand when the container starts.</summary>
    public void Fill()
    {
        foreach (var folder in new[] { "input/config", "input/data", "model", "output/data", "checkpoints" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        Write("hyperparameters.json", job.Request["HyperParameters"] ?? new JsonObject());
        JsonObject channels = [];
        foreach (var channel in job.Request["InputDataConfig"] as JsonArray ?? [])
        {
            var name = (string)channel!["ChannelName"]!;
            channels[name] = new JsonObject { ["TrainingInputMode"] = "File", ["S3DistributionType"] = "FullyReplicated", ["RecordWrapperType"] = "None" };
            var uri = (string)channel["DataSource"]!["S3DataSource"]!["S3Uri"]!;
            if (Download(uri, Path.Combine("input", "data", name)) == 0)
                throw S3Error.Bad("ClientError", $"Data download failed: No S3 objects found under S3 URL \"{uri}\" given in input data source.");
        }
        Write("inputdataconfig.json", channels);
        Write("resourceconfig.json", new JsonObject { ["current_host"] = "algo-1", ["hosts"] = new JsonArray("algo-1") });
        if (job.CheckpointUri is { } checkpoints)
            Download(checkpoints.TrimEnd('/') + "/", "checkpoints");
    }

    /// <summary>Its exit code; not 0 when it was ended by <paramref name="ending"/>.</summary>
    public async Task<int> Run(CancellationToken ending, TimeSpan grace)
    {
        var start = new ProcessStartInfo("dotnet", [server.Training.Trainer, "train"])
        {
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HTS_ML_ROOT"] = root;
        start.Environment["TRAINING_JOB_NAME"] = job.Name;
        foreach (var (name, value) in job.Request["Environment"] as JsonObject ?? [])
            start.Environment[name] = (string?)value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(ending);
        }
        catch (OperationCanceledException)
        {
            using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            using var patience = new CancellationTokenSource(grace);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        await Task.WhenAll(output, errors);
        return process.ExitCode;
    }

    public void SaveCheckpoints()
    {
        if (job.CheckpointUri is not { } uri)
            return;
        foreach (var file in Directory.GetFiles(Path.Combine(root, "checkpoints")))
            Put($"{uri.TrimEnd('/')}/{Path.GetFileName(file)}", File.ReadAllBytes(file));
    }

    /// <summary>The model and the other output, each packed as <c>tar -C folder .</c> does.</summary>
    public void Upload(bool torn)
    {
        var model = Pack(Path.Combine(root, "model"));
        Put($"{job.OutputFolder}/model.tar.gz", model);
        var data = Pack(Path.Combine(root, "output", "data"));
        Put($"{job.OutputFolder}/output.tar.gz", torn ? data[..(data.Length / 2)] : data);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static byte[] Pack(string folder)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(folder, "./");
            foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
                tar.WriteEntry(file, $"./{Path.GetFileName(file)}");
        }
        return packed.ToArray();
    }

    private int Download(string uri, string folder)
    {
        var (bucket, prefix) = Split(uri);
        var found = server.Buckets.GetValueOrDefault(bucket)?.After(prefix, "") ?? throw S3Error.NoSuchBucket(bucket);
        foreach (var (key, blob) in found)
        {
            var path = Path.Combine(root, folder, key[(prefix.LastIndexOf('/') + 1)..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, blob.Content);
        }
        return found.Count;
    }

    private void Put(string uri, byte[] content)
    {
        var (bucket, key) = Split(uri);
        var store = server.Buckets.GetValueOrDefault(bucket) ?? throw S3Error.NoSuchBucket(bucket);
        store.Put(key, new S3Blob(content, ObjectCalls.ETagOf(content), server.Time.GetUtcNow(), []));
    }

    private static (string Bucket, string Key) Split(string uri)
    {
        var rest = uri["s3://".Length..];
        var slash = rest.IndexOf('/');
        return (rest[..slash], rest[(slash + 1)..]);
    }

    private void Write(string name, JsonNode content) => File.WriteAllText(Path.Combine(root, "input", "config", name), content.ToJsonString());
}
