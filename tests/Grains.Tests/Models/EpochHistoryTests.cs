using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

public sealed class EpochHistoryTests : IDisposable
{
    private static readonly ObjectLayout Layout = new();
    private readonly FaultyObjects objects = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => objects.Dispose();

    [Fact]
    public async Task A_pointer_that_its_writer_has_just_recorded_gets_no_second_record()
    {
        var winner = new EpochHistory(objects, Layout);
        await winner.Move(Epoch(1), Token);
        await winner.Move(Epoch(2), Token);
        // One that has missed the second epoch sees the third one's pointer; by the time it records it, that is done.
        var behind = new EpochHistory(objects, Layout);
        var third = await winner.Move(Epoch(3), Token);
        var pointer = await behind.ReadPointer(Token);

        (await behind.Record(third with { Number = 2 }, pointer, Token)).ShouldBe(third);
        (await winner.Read(4, Token)).ShouldBeNull();
    }

    private static EpochMessage Epoch(long number) => new(
        number, $"v{number}", Worlds.Start + (number * 600_000), $"memory://models/{number}", "5a", "job", "", Worlds.Start, "better", "ops");
}
