using System.Net;

namespace Hts.Tests.Demo;

[Collection(DemoCollection.Name)]
public sealed class SymbolLifeTests(TapeDemo demo)
{
    private const string Symbol = "ETH_BTC";

    [Fact]
    public async Task A_symbol_is_stopped_and_started_again_at_run_time()
    {
        using var stop = await demo.Silo.Http.DeleteAsync($"/api/symbols/{Symbol}");
        stop.IsSuccessStatusCode.ShouldBeTrue(await stop.Content.ReadAsStringAsync());
        await State("stopped");

        using var start = await demo.Silo.Http.PutAsync($"/api/symbols/{Symbol}", null);
        start.IsSuccessStatusCode.ShouldBeTrue(await start.Content.ReadAsStringAsync());
        // Its tape may have come to its end.
        await State("live", "halted");
    }

    [Fact]
    public async Task A_symbol_that_the_exchange_does_not_list_is_refused()
    {
        using var answer = await demo.Silo.Http.PutAsync("/api/symbols/NOSUCHPAIR", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await answer.Content.ReadAsStringAsync());
    }

    private Task State(params string?[] states) => demo.Silo.Until(
        $"{Symbol} to be {string.Join(" or ", states)}", TimeSpan.FromMinutes(3), async () => (await demo.Silo.Get("/api/symbols")).GetProperty("items")
            .EnumerateArray().Single(s => s.GetProperty("symbol").GetString() == Symbol).GetProperty("state").GetString(),
        seen => states.Contains(seen));
}
