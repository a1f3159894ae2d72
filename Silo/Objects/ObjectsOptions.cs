namespace Hts.Objects;

/// <summary>Where data sets and models are kept: section <c>Objects</c>.</summary>
public sealed class ObjectsOptions
{
    public const string Section = "Objects";

    /// <summary>
    /// <c>s3://bucket</c>, <c>s3://bucket/prefix</c>, <c>file:///folder</c> or a plain path. Empty: the folder <c>objects</c> in
    /// the data folder, or <c>s3://</c> + <c>LANDING_BUCKET</c> when that is set.
    /// </summary>
    public string Uri { get; set; } = "";

    /// <summary>Where training data sets stand below <see cref="Uri"/>. Also <c>TRAIN_PREFIX</c>.</summary>
    public string TrainPrefix { get; set; } = "train";

    /// <summary>Where models and the pointer to the current one stand below <see cref="Uri"/>. Also <c>MODEL_PREFIX</c>.</summary>
    public string ModelPrefix { get; set; } = "model";

    /// <summary>
    /// The pointer to the current model: a key below <see cref="Uri"/>, or an address that lies there. Empty: latest.json below
    /// <see cref="ModelPrefix"/>. Also <c>MODEL_JSON</c>.
    /// </summary>
    public string ModelPointer { get; set; } = "";

    /// <summary>The S3 service to speak to when it is not AWS's own. Also <c>AWS_ENDPOINT_URL_S3</c> and <c>AWS_ENDPOINT_URL</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>
    /// Buckets as the first segment of the path instead of a part of the host's name. Null: exactly when <see cref="Endpoint"/> is
    /// set, since most other services want it so.
    /// </summary>
    public bool? PathStyle { get; set; }

    /// <summary>AWS region of the bucket. Empty: by AWS's default chain (<c>AWS_REGION</c>, profile, instance).</summary>
    public string Region { get; set; } = "";

    /// <summary>
    /// Bound of one request to S3, in seconds (5 to 600). An object that is read whole has this time for all attempts and its content.
    /// </summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>How often a failed request to S3 is tried again, with exponential back-off (0 to 10).</summary>
    public int Retries { get; set; } = 3;

    /// <summary>Contents above this many bytes go to S3 in parts of this size (5 MiB, S3's own minimum, to 512 MiB).</summary>
    public int PartBytes { get; set; } = 8 << 20;

    /// <summary>How long a writer to a folder waits for another one's commit of the same key, in seconds (1 to 600).</summary>
    public int LockTimeoutSeconds { get; set; } = 10;
}
