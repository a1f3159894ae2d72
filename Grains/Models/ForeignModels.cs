using System.Text.RegularExpressions;
using Hts.Forecasts;

namespace Hts.Models;

/// <summary>Makes an epoch of a pointer that another writer left, once its artefact has been validated like any other.</summary>
internal sealed partial class ForeignModels(ModelLoader loader, ModelCatalogue catalogue)
{
    private const int MostNameLength = 80;
    private const int ShortSha = 8;

    /// <summary>The epoch without its place: number and slot are given by the line and the records.</summary>
    /// <exception cref="ArtefactRefusedException">The pointer names no model that can serve here.</exception>
    /// <exception cref="Objects.ObjectStoreException">The store does not answer.</exception>
    public async Task<EpochMessage> Examine(PointerContent pointer, long nowMs)
    {
        if (pointer.Foreign is not { Uri: { } uri } foreign)
            throw new ArtefactRefusedException(pointer.Problem ?? "The pointer has no address.");
        // Of the artefact itself: the other silos must find there what this one may have kept on its disk.
        var sha256 = await loader.Checksum(uri);
        if (foreign.Sha256 is { } said && !said.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            throw new ArtefactRefusedException($"The artefact at {uri} has checksum {sha256}, not {said}.");
        var version = await VersionOf(foreign, uri, sha256);
        await loader.Ensure(version, uri, sha256);
        var why = foreign.Reason ?? "the pointer was written past this cluster";
        var reason = string.IsNullOrWhiteSpace(foreign.By) ? why : $"{foreign.By}: {why}";
        return new EpochMessage(
            0, version, 0, uri, sha256, foreign.JobName ?? "", foreign.TrainUri ?? "", foreign.UpdatedAtMs ?? nowMs, reason, Movers.AnotherWriter);
    }

    // A version means one artefact for ever: one that is taken by another gets the artefact's checksum for its surname.
    private async Task<string> VersionOf(ForeignPointer foreign, string uri, string sha256)
    {
        if (foreign.Version is null && await catalogue.FindArtefact(uri, sha256) is { } known)
            return known.Version;
        var name = NotInNames().Replace(foreign.Version ?? foreign.JobName ?? "", "-");
        name = name.Length > MostNameLength ? name[..MostNameLength] : name;
        if (name.Length > 0 && foreign.Version is not null && await catalogue.Find(name) is var row && (row is null || row.Sha256 == sha256))
            return name;
        return (name.Length > 0 ? name + "-" : "") + sha256[..ShortSha];
    }

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NotInNames();
}
