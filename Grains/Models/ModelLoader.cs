using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hts.Forecasts;
using Hts.Objects;

namespace Hts.Models;

/// <summary>One per silo: brings artefacts from this machine or object storage into the forecaster, each version once, checksum
/// first.</summary>
public sealed class ModelLoader(IObjectStore objects, IArtefactCache cache, IForecaster forecaster)
{
    private const long MaxBytes = 256L << 20;

    private readonly ConcurrentDictionary<string, Task> loading = new();
    private readonly ConcurrentDictionary<string, string> checksums = new();

    /// <summary>True while that version is loaded.</summary>
    public bool Holds(string version) => forecaster.Holds(version);

    /// <summary>Returns when the version is loaded.</summary>
    /// <exception cref="ArtefactRefusedException">Checksum or content do not fit.</exception>
    /// <exception cref="ObjectStoreException">The store does not answer, or there is no such object.</exception>
    public Task Ensure(EpochMessage epoch) => Ensure(epoch.Version, epoch.Uri, epoch.Sha256);

    /// <inheritdoc cref="Ensure(EpochMessage)"/>
    public async Task Ensure(string version, string uri, string sha256)
    {
        if (forecaster.Holds(version))
        {
            if (checksums.TryGetValue(version, out var loaded) && loaded != sha256)
                throw new ArtefactRefusedException($"{version} is the name of another artefact, with checksum {loaded}.");
            cache.Touch(sha256);
            return;
        }
        var mine = loading.GetOrAdd(version, _ => Load(version, uri, sha256));
        try
        {
            await mine;
        }
        finally
        {
            loading.TryRemove(KeyValuePair.Create(version, mine));
        }
    }

    /// <summary>True when an address lies in this object store.</summary>
    public bool CanReach(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var address) && objects.TryKeyOf(address, out _);

    /// <summary>The checksum of the artefact at an address, lower-case hex.</summary>
    /// <exception cref="ArtefactRefusedException">There is none, or it is too large.</exception>
    /// <exception cref="ObjectStoreException">The store does not answer.</exception>
    public async Task<string> Checksum(string uri) => ChecksumOf(await Fetch(uri));

    private static string ChecksumOf(StoredObject artefact) => Convert.ToHexStringLower(SHA256.HashData(artefact.Content.Span));

    private async Task<StoredObject> Fetch(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || !objects.TryKeyOf(address, out var key))
            throw new ArtefactRefusedException($"{uri} does not lie in this object store.");
        try
        {
            return await objects.Get(key, MaxBytes, CancellationToken.None) ?? throw new ArtefactRefusedException($"There is no artefact at {uri}.");
        }
        catch (ObjectStoreException e) when (e.Fault == ObjectFault.TooLarge)
        {
            throw new ArtefactRefusedException(e.Message, e);
        }
    }

    private async Task Load(string version, string uri, string sha256)
    {
        var kept = await cache.Find(sha256, CancellationToken.None);
        var content = kept ?? await Fetch(uri, sha256);
        await forecaster.Load(version, new MemoryStream(content.ToArray(), writable: false), CancellationToken.None);
        checksums[version] = sha256;
        if (kept is null)
            await cache.Keep(sha256, content, CancellationToken.None);
    }

    private async Task<ReadOnlyMemory<byte>> Fetch(string uri, string sha256)
    {
        var artefact = await Fetch(uri);
        var checksum = ChecksumOf(artefact);
        return checksum == sha256 ? artefact.Content : throw new ArtefactRefusedException($"The artefact at {uri} has checksum {checksum}, not {sha256}.");
    }
}
