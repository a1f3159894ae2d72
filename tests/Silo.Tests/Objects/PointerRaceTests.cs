using System.Text.Json;
using Amazon.Runtime;
using Hts.Models;
using Hts.Objects;
using Hts.S3Double;

namespace Hts.Tests.Objects;

/// <summary>Two registries over one bucket, each with a connection of its own, want the pointer at the same moments.</summary>
public sealed class PointerRaceTests
{
    private const int Rounds = 1_000;
    private static readonly ObjectLayout Layout = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_thousand_races_leave_one_winner_an_epoch_and_no_hole(int faultPercent)
    {
        await using var server = await S3Server.Start("landing");
        using var first = Open(server);
        using var second = Open(server);
        EpochHistory[] registries = [new(first, Layout), new(second, Layout)];
        List<EpochMessage> won = [];
        var (overtaken, unknown) = (0, 0);
        // Of another seed for each request, whoever sends it: which one meets which fault differs from run to run, how many do hardly.
        var requests = 0;
        server.Faults = _ => faultPercent > 0 && new Random(Interlocked.Increment(ref requests)) is var dice && dice.Next(100) < faultPercent
            ? dice.Next(3) switch { 0 => S3Fault.LostAnswer, 1 => S3Fault.SlowDown, _ => S3Fault.TornAnswer }
            : null;

        for (var round = 0; round < Rounds; round++)
        {
            using var start = new Barrier(registries.Length);
            var ends = await Task.WhenAll(registries.Select((registry, i) => Task.Run(() => Race(registry, start, $"{round}-{i}"), Token)));
            won.AddRange(ends.Select(end => end.Epoch).OfType<EpochMessage>());
            overtaken += ends.Count(end => end.Overtaken);
            unknown += ends.Count(end => end is { Epoch: null, Overtaken: false });
        }

        server.Faults = null;
        var last = (await new EpochHistory(first, Layout).ReadLatest(Token))!;
        TestContext.Current.TestOutputHelper?.WriteLine($"{won.Count} won, {overtaken} overtaken, {unknown} unknown, {last.Number} epochs, {requests} requests");
        overtaken.ShouldBeGreaterThan(0);
        won.Select(epoch => epoch.Number).ShouldBeUnique();
        // Whoever was not told may have won all the same.
        last.Number.ShouldBeInRange(won.Count, won.Count + unknown);
        if (faultPercent == 0)
            (unknown, won.Count + overtaken).ShouldBe((0, 2 * Rounds));
        var records = new Dictionary<long, string>();
        for (var n = 1L; n <= last.Number; n++)
            records[n] = (await new EpochHistory(first, Layout).Read(n, Token)).ShouldNotBeNull($"record {n}").Version;
        records.Values.ShouldBeUnique();
        foreach (var epoch in won)
            records[epoch.Number].ShouldBe(epoch.Version);
        using var pointer = JsonDocument.Parse((await first.Get(Layout.Pointer, Token))!.Content);
        pointer.RootElement.GetProperty("version").GetString().ShouldBe(records[last.Number]);
        server.Buckets["landing"].Keys.Count(key => key.StartsWith(Layout.Epochs, StringComparison.Ordinal)).ShouldBe((int)last.Number);
    }

    private static async Task<(EpochMessage? Epoch, bool Overtaken)> Race(EpochHistory registry, Barrier start, string version)
    {
        EpochMessage? newest = null;
        var ready = true;
        try
        {
            newest = await registry.ReadLatest(Token);
        }
        catch (ObjectStoreException)
        {
            ready = false;
        }
        start.SignalAndWait(Token);
        if (!ready)
            return (null, false);
        try
        {
            return (await registry.Move(
                new EpochMessage((newest?.Number ?? 0) + 1, version, 0, "s3://landing/m", new string('0', 64), "job", "s3://landing/t", 0, "race"), Token), false);
        }
        catch (ObjectConflictException)
        {
            return (null, true);
        }
        catch (ObjectStoreException)
        {
            return (null, false);
        }
    }

    private static S3ObjectStore Open(S3Server server) => (S3ObjectStore)ObjectStores.Open(
        new ObjectsOptions { Uri = "s3://landing", Endpoint = server.Url, Region = "eu-central-1", Retries = 2 },
        TimeProvider.System, new BasicAWSCredentials(S3Server.AccessKey, S3Server.SecretKey));
}
