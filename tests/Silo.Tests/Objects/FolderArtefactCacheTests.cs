using System.Security.Cryptography;
using Hts.Hosting;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Objects;

public sealed class FolderArtefactCacheTests : IDisposable
{
    private readonly TempFolder root = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task What_is_kept_is_found_by_its_checksum_also_by_another_process()
    {
        var content = "weights"u8.ToArray();
        await Cache().Keep(Sha(content), content, Token);
        (await Cache().Find(Sha(content), Token)).ShouldNotBeNull().ToArray().ShouldBe(content);
        (await Cache().Find(Sha("others"u8.ToArray()), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_whole_any_more_is_not_found_and_replaced_when_kept_again()
    {
        var content = "weights"u8.ToArray();
        await Cache().Keep(Sha(content), content, Token);
        await File.WriteAllTextAsync(Directory.GetFiles(Path.Combine(root.Path, "models")).Single(), "weigh", Token);
        (await Cache().Find(Sha(content), Token)).ShouldBeNull();
        await Cache().Keep(Sha(content), content, Token);
        (await Cache().Find(Sha(content), Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_newest_are_kept_and_nothing_else()
    {
        var contents = Enumerable.Range(0, 20).Select(i => new[] { (byte)i }).ToList();
        foreach (var (i, content) in contents.Index())
        {
            await Cache().Keep(Sha(content), content, Token);
            File.SetLastWriteTimeUtc(Path.Combine(root.Path, "models", Sha(content) + ".tar.gz"), new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
        }
        await Cache().Keep(Sha("x"u8.ToArray()), "x"u8.ToArray(), Token);
        Directory.GetFiles(Path.Combine(root.Path, "models")).Length.ShouldBe(16);
        (await Cache().Find(Sha(contents[^1]), Token)).ShouldNotBeNull();
        (await Cache().Find(Sha(contents[4]), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_checksum_that_is_a_path_reads_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(root.Path, "secret.tar.gz"), "x", Token);
        Directory.CreateDirectory(Path.Combine(root.Path, "models"));
        (await Cache().Find("../secret", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_fails_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(root.Path, "models"), "a file stands where the folder belongs", Token);
        await Cache().Keep(Sha("x"u8.ToArray()), "x"u8.ToArray(), Token);
        (await Cache().Find(Sha("x"u8.ToArray()), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_found()
    {
        Directory.CreateDirectory(Path.Combine(root.Path, "models"));
        var path = Path.Combine(root.Path, "models", Sha("x"u8.ToArray()) + ".tar.gz");
        await File.WriteAllTextAsync(path, "x", Token);
        await using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        (await Cache().Find(Sha("x"u8.ToArray()), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_serves_from_memory_outlasts_all_that_were_loaded_since()
    {
        using var stored = new TempFolder();
        var objects = ObjectStores.Open(new ObjectsOptions { Uri = stored.Path }, TimeProvider.System);
        var loader = new ModelLoader(objects, Cache(), new ListingForecaster());
        var champion = await Store(objects, "champion");
        await loader.Ensure(champion);
        for (var i = 0; i < 20; i++)
        {
            await loader.Ensure(await Store(objects, $"candidate-{i}"));
            await loader.Ensure(champion);
        }
        await objects.Delete(new ObjectLayout().Model("champion"), Token);

        var restarted = new ListingForecaster();
        await new ModelLoader(objects, Cache(), restarted).Ensure(champion);

        restarted.Holds("champion").ShouldBeTrue();
    }

    private FolderArtefactCache Cache() => new(new DataFolder(root.Path), TimeProvider.System, NullLogger<FolderArtefactCache>.Instance);

    private static async Task<EpochMessage> Store(IObjectStore objects, string version)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(version);
        var key = new ObjectLayout().Model(version);
        await objects.Put(key, content, PutCondition.None, Token);
        return new EpochMessage(1, version, 0, objects.UriOf(key).ToString(), Sha(content), "", "", 0, "");
    }

    private static string Sha(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
