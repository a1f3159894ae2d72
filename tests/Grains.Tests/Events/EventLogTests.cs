using Hts.Events;
using Hts.Tests.Cluster;

namespace Hts.Tests.Events;

public sealed class EventLogTests(TestSilo silo) : IClassFixture<TestSilo>
{
    [Fact]
    public async Task A_line_that_cannot_be_stored_does_not_fail_what_it_tells_of()
    {
        silo.Events.Writes.Refuse();
        await silo.Service<EventLog>().Warning("feed", "AAA", "lost");
        silo.Events.Writes.Pending.ShouldBe(0);
        await silo.Service<EventLog>().Info("feed", "AAA", "stored");
        var lines = await silo.Store.Events.Read(long.MaxValue, "AAA", 10, TestContext.Current.CancellationToken);
        lines.ShouldHaveSingleItem().Message.ShouldBe("stored");
    }
}
