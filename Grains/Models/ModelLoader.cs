using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hts.Forecasts;
using Hts.Objects;

namespace Hts.Models;

/// <summary>One per silo: brings artefacts from object storage into the forecaster, each version once, checksum first.</summary>
public sealed class ModelLoader(IObjectStore objects, IForecaster forecaster)
{
    private const long MaxBytes = 256L << 20;

    private readonly ConcurrentDictionary<string, Task> loading = new();

    /// <summary>Returns when the version is loaded.</summary>
    /// <exception cref="ArtefactRefusedException">Checksum or content do not fit.</exception>
    /// <exception cref="ObjectStoreException">The store does not answer, or there is no such object.</exception>
    public async Task Ensure(EpochMessage epoch)
    {
        if (forecaster.Holds(epoch.Version))
            return;
        var mine = loading.GetOrAdd(epoch.Version, _ => Load(epoch));
        try
        {
            await mine;
        }
        finally
        {
            loading.TryRemove(KeyValuePair.Create(epoch.Version, mine));
        }
    }

    private async Task Load(EpochMessage epoch)
    {
        if (!objects.TryKeyOf(new Uri(epoch.Uri), out var key))
            throw new ArtefactRefusedException($"{epoch.Uri} does not lie in this object store.");
        var artefact = await objects.Get(key, MaxBytes, CancellationToken.None)
            ?? throw new ArtefactRefusedException($"There is no artefact at {epoch.Uri}.");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(artefact.Content.Span));
        if (checksum != epoch.Sha256)
            throw new ArtefactRefusedException($"The artefact at {epoch.Uri} has checksum {checksum}, not {epoch.Sha256}.");
        await forecaster.Load(epoch.Version, new MemoryStream(artefact.Content.ToArray(), writable: false), CancellationToken.None);
    }
}
