using System.Net;
using System.Net.Sockets;
using Hts.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace Hts.Tests.Postgres;

/// <summary>The schema against Orleans' own ADO.NET providers: two silos in one process on one database.</summary>
public sealed class OrleansTablesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private string connectionString = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => connectionString = await postgres.NewDatabase();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Silos_join_see_each_other_leave_and_carry_state_over()
    {
        using var first = await StartSilo();
        using var second = await StartSilo();
        await Eventually(async () => (await Active(first)).Count == 2 && (await Active(second)).Count == 2, "two silos active");
        var counters = Enumerable.Range(0, 20).Select(i => Grains(first).GetGrain<ICounterGrain>($"c{i}")).ToList();
        foreach (var counter in counters)
            (await counter.Increment()).ShouldBe(1);

        await second.StopAsync(Cancellation);

        await Eventually(async () => (await Active(first)).Count == 1, "one silo active after the other left");
        foreach (var counter in counters)
            (await counter.Increment()).ShouldBe(2);
        await first.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_silo_that_crashed_is_declared_dead_by_the_others()
    {
        using var first = await StartSilo(missedProbes: 2, probeSeconds: 1);
        var members = first.Services.GetRequiredService<IMembershipTable>();
        // A member at a port where nobody listens looks like one whose process was killed.
        var crashed = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, FreePort()), 1),
            SiloName = "crashed",
            HostName = "nowhere",
            Status = SiloStatus.Active,
            ProxyPort = 0,
            StartTime = DateTime.UnixEpoch.AddYears(55),
            IAmAliveTime = TimeProvider.System.GetUtcNow().UtcDateTime,
            SuspectTimes = [],
        };
        await Eventually(
            async () => await members.InsertRowAsync(crashed, (await members.ReadAllAsync(Cancellation)).Version.Next(), Cancellation), "the member written");

        await Eventually(
            async () => (await members.ReadRowAsync(crashed.SiloAddress, Cancellation)).Members[0].Item1 is { Status: SiloStatus.Dead, SuspectTimes.Count: > 0 }, "the crashed silo dead");
        await first.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_member_is_changed_only_by_who_saw_the_newest_version()
    {
        using var silo = await StartSilo();
        var members = silo.Services.GetRequiredService<IMembershipTable>();
        var before = await members.ReadAllAsync(Cancellation);
        var entry = before.Members[0].Item1;
        var stale = new TableVersion(before.Version.Version, $"{before.Version.Version - 1}");

        (await members.UpdateRowAsync(entry, before.Members[0].Item2, stale, Cancellation)).ShouldBeFalse();
        (await members.InsertRowAsync(entry, before.Version.Next(), Cancellation)).ShouldBeFalse();

        (await members.ReadAllAsync(Cancellation)).Version.Version.ShouldBe(before.Version.Version);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Old_entries_of_the_dead_are_cleaned_and_the_living_stay()
    {
        using var silo = await StartSilo();
        var members = silo.Services.GetRequiredService<IMembershipTable>();
        await Eventually(async () => (await Active(silo)).Count == 1, "the silo active");
        var dead = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 9), 1),
            SiloName = "old",
            HostName = "h",
            Status = SiloStatus.Dead,
            StartTime = DateTime.UnixEpoch,
            IAmAliveTime = DateTime.UnixEpoch,
            SuspectTimes = [],
        };
        await Eventually(async () => await members.InsertRowAsync(dead, (await members.ReadAllAsync(Cancellation)).Version.Next(), Cancellation), "the member written");

        await members.CleanupDefunctSiloEntriesAsync(TimeProvider.System.GetUtcNow().AddDays(1), Cancellation);

        (await members.ReadAllAsync(Cancellation)).Members.Select(m => m.Item1.Status).ShouldBe([SiloStatus.Active]);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_stale_writer_of_grain_state_gets_a_conflict_and_the_newest_state_stays()
    {
        using var silo = await StartSilo();
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var id = GrainId.Create("counter", "with-a-key");
        var one = new GrainState<CounterState>(new CounterState { Count = 1 });
        await storage.WriteStateAsync("state", id, one);
        var two = new GrainState<CounterState>();
        await storage.ReadStateAsync("state", id, two);
        two.State!.Count = 2;
        await storage.WriteStateAsync("state", id, two);

        one.State!.Count = 9;
        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", id, one));
        await Should.ThrowAsync<InconsistentStateException>(
            () => storage.WriteStateAsync("state", id, new GrainState<CounterState>(new CounterState { Count = 9 })));
        await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync("state", id, one));

        var read = new GrainState<CounterState>();
        await storage.ReadStateAsync("state", id, read);
        read.State!.Count.ShouldBe(2);
        await storage.ClearStateAsync("state", id, read);
        read.RecordExists.ShouldBeFalse();
        var cleared = new GrainState<CounterState>();
        await storage.ReadStateAsync("state", id, cleared);
        cleared.State!.Count.ShouldBe(0);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Of_two_first_writers_of_a_state_one_wins()
    {
        using var silo = await StartSilo();
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            try
            {
                await storage.WriteStateAsync("state", GrainId.Create("counter", "raced"), new GrainState<CounterState>(new CounterState { Count = i }));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));

        outcomes.Count(won => won).ShouldBe(1);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Reminders_are_found_by_ranges_of_the_ring_also_by_those_that_wrap()
    {
        using var silo = await StartSilo();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var ids = Enumerable.Range(0, 200).Select(i => GrainId.Create("reminded", $"r{i}")).ToList();
        foreach (var id in ids)
        {
            await table.UpsertRow(new ReminderEntry
            {
                GrainId = id,
                ReminderName = "tick",
                StartAt = DateTime.UnixEpoch.AddYears(55),
                Period = TimeSpan.FromMinutes(10),
            });
        }

        // Both halves of the ring, its seam at zero and the seam of signed integers, each in the plain and the wrapping form.
        uint[] edges = [0, 1, 0x4000_0000, 0x7FFF_FFFF, 0x8000_0000, 0xC000_0000, 0xFFFF_FFFF];
        foreach (var begin in edges)
        {
            foreach (var end in edges.Where(e => e != begin))
            {
                var found = await table.ReadRows(begin, end);
                var expected = ids.Where(i => Within(i.GetUniformHashCode(), begin, end)).Select(i => i.ToString()).Order(StringComparer.Ordinal);
                found.Reminders.Select(r => r.GrainId.ToString()).Order(StringComparer.Ordinal).ShouldBe(expected, $"({begin:x}, {end:x}]");
            }
        }

        await silo.StopAsync(Cancellation);

        static bool Within(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }

    [Fact]
    public async Task A_reminder_is_replaced_read_and_removed_by_who_saw_it_last()
    {
        using var silo = await StartSilo();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var entry = new ReminderEntry
        {
            GrainId = GrainId.Create("reminded", "one"),
            ReminderName = "tick",
            StartAt = DateTime.UnixEpoch.AddYears(55),
            Period = TimeSpan.FromDays(40),
        };
        var first = await table.UpsertRow(entry);
        var second = await table.UpsertRow(entry);

        (await table.RemoveRow(entry.GrainId, entry.ReminderName, first!)).ShouldBeFalse();
        var read = await table.ReadRow(entry.GrainId, entry.ReminderName);
        read!.Period.ShouldBe(entry.Period);
        read.StartAt.ShouldBe(entry.StartAt);
        read.ETag.ShouldBe(second);
        (await table.ReadRows(entry.GrainId)).Reminders.Count.ShouldBe(1);
        (await table.RemoveRow(entry.GrainId, entry.ReminderName, second!)).ShouldBeTrue();
        (await table.ReadRow(entry.GrainId, entry.ReminderName)).ShouldBeNull();
        await silo.StopAsync(Cancellation);
    }

    /// <summary>By default silos are patient: on a busy machine a living one answers late, and one declared dead ends its process.</summary>
    private async Task<IHost> StartSilo(int missedProbes = 5, int probeSeconds = 10)
    {
        var orleans = PostgresDatabase.ForOrleans(connectionString);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("test", "test"))
            .Configure<ClusterMembershipOptions>(o =>
            {
                o.ProbeTimeout = TimeSpan.FromSeconds(probeSeconds);
                o.NumMissedProbesLimit = missedProbes;
                o.NumVotesForDeathDeclaration = 1;
                o.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            })
            .ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort(), listenOnAnyHostAddress: false)
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (PostgresDatabase.OrleansInvariant, orleans))
            .AddAdoNetGrainStorageAsDefault(o => (o.Invariant, o.ConnectionString) = (PostgresDatabase.OrleansInvariant, orleans))
            .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (PostgresDatabase.OrleansInvariant, orleans)));
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        return host;
    }

    private static IGrainFactory Grains(IHost silo) => silo.Services.GetRequiredService<IGrainFactory>();

    private static async Task<List<MembershipEntry>> Active(IHost silo)
    {
        var all = await silo.Services.GetRequiredService<IMembershipTable>().ReadAllAsync(Cancellation);
        return all.Members.Select(m => m.Item1).Where(m => m.Status == SiloStatus.Active).ToList();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task Eventually(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            patience.IsCancellationRequested.ShouldBeFalse($"not within {Patience.TotalSeconds:0} s: {what}");
            await Task.Delay(50, Cancellation);
        }
    }
}
