using Hts.Objects;

namespace Hts.Tests.Objects;

public sealed class FolderObjectStoreTests : ObjectStoreContract
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("objects with space ");

    private string Root => Path.Combine(folder.FullName, "objects");

    public override ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_crash_before_the_rename_leaves_the_old_content()
    {
        await Put("model/latest.json", "old");
        var crashed = Path.Combine(folder.FullName, "crashed");
        // The whole new content is written when its source is asked for more: what stands on disk then is what a crash leaves.
        await using ForwardStream source = new("new"u8.ToArray(), () => Copy(Root, crashed));
        await Store.Put("model/latest.json", source, PutCondition.None, Patience);
        Text(await Store.Get("model/latest.json", Patience)).ShouldBe("new");

        FolderObjectStore survivor = new(crashed, TimeProvider.System, TimeSpan.FromSeconds(5));
        Directory.GetFiles(Path.Combine(crashed, ".tmp")).ShouldHaveSingleItem();
        Text(await survivor.Get("model/latest.json", Patience)).ShouldBe("old");
        List<string> keys = [];
        await foreach (var info in survivor.List("", Patience))
            keys.Add(info.Key);
        keys.ShouldBe(["model/latest.json"]);
    }

    [Fact]
    public async Task Drafts_of_dead_writers_are_swept_and_young_ones_kept()
    {
        var drafts = Directory.CreateDirectory(Path.Combine(Root, ".tmp")).FullName;
        File.WriteAllText(Path.Combine(drafts, "old"), "");
        File.SetLastWriteTimeUtc(Path.Combine(drafts, "old"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        File.WriteAllText(Path.Combine(drafts, "young"), "");
        await Put("a", "1");
        Directory.GetFiles(drafts).Select(Path.GetFileName).ShouldBe(["young"]);
    }

    [Fact]
    public async Task A_writer_waits_for_the_lock_of_its_key_no_longer_than_allowed()
    {
        await Put("a", "1");
        FolderObjectStore impatient = new(Root, TimeProvider.System, TimeSpan.FromMilliseconds(50));
        var held = Directory.GetFiles(Path.Combine(Root, ".locks")).ShouldHaveSingleItem();
        using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(impatient.PutText("a", "2", PutCondition.None, Patience));
            error.Fault.ShouldBe(ObjectFault.Unreachable);
            error.Message.ShouldContain("locked by another writer");
        }
        await impatient.PutText("a", "2", PutCondition.None, Patience);
        Text(await Store.Get("a", Patience)).ShouldBe("2");
    }

    [Fact]
    public async Task A_key_below_an_object_is_refused_with_a_reason()
    {
        await Put("a", "1");
        (await Store.Get("a/b", Patience)).ShouldBeNull();
        (await Should.ThrowAsync<ObjectStoreException>(Put("a/b", "2"))).Message.ShouldContain("a/b");
        await Put("c/d", "1");
        (await Store.Get("c", Patience)).ShouldBeNull();
        (await Should.ThrowAsync<ObjectStoreException>(Put("c", "2"))).Message.ShouldContain("'c'");
        (await Keys("")).ShouldBe(["a", "c/d"]);
    }

    [Fact]
    public void A_full_disk_is_named()
    {
        // What .NET throws for ENOSPC: the errno stands in HResult.
        var error = FolderErrors.Translate("train/a", Root, new IOException("No space left on device", 28));
        error.Fault.ShouldBe(ObjectFault.Full);
        error.Key.ShouldBe("train/a");
        error.Message.ShouldBe($"'train/a' in the folder '{Root}': No space left on device");
    }

    protected override ValueTask<IObjectStore> CreateStore() => new(Open());

    protected override ValueTask<OtherStore> SecondStore() => new(new OtherStore(Open()));

    protected override void ShouldHoldNoDraft() => Directory.GetFiles(Path.Combine(Root, ".tmp")).ShouldBeEmpty();

    private IObjectStore Open() => ObjectStores.Open(new() { Uri = Root }, TimeProvider.System);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
