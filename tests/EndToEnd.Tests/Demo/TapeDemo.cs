using System.Text.Json;
using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

/// <summary>A demo on recorded trades at 60 times the speed, shared by the tests that only look at it.</summary>
public sealed class TapeDemo : IAsyncLifetime
{
    public const string Symbol = "BTC_JPY";
    private const int Settled = 10;

    // The tape lasts for three days and the gate asks for ten: here a part of one is enough, so that models follow each other.
    private static readonly Dictionary<string, string> GateOfOneDay = new()
    {
        ["Training__Gate__MinPastDays"] = "1",
        ["Training__Gate__MinScored"] = "0",
        ["Training__Gate__Significance"] = "0.5",
        ["Training__Gate__MinCoverage"] = "0",
        ["Training__Gate__MaxCoverage"] = "1",
        ["Prediction__ToleranceSeconds"] = "600",
    };

    private readonly TempFolder data = new();

    internal string DataDir => data.Path;

    internal RunningSilo Silo { get; private set; } = null!;

    /// <summary>Connection string of the demo's own database.</summary>
    internal string ConnectionString => EmbeddedDatabase.ConnectionString(data.Path);

    public async ValueTask InitializeAsync()
    {
        Silo = RunningSilo.Start(
            GateOfOneDay,
            "demo", "--tape", Paths.MarketData("trades/bitflyer"), "--speed", "60", "--data-dir", data.Path);
        await Silo.Until(
            $"{Settled} settled predictions with outcomes and two promoted models", TimeSpan.FromMinutes(15),
            async () => (Outcomes: await Outcomes(), Promotions: await Promotions()),
            seen => seen.Outcomes.Count >= Settled && seen.Promotions >= 2);
    }

    internal async Task<List<JsonElement>> Outcomes() =>
        [.. (await Silo.Get($"/api/symbols/{Symbol}/predictions?role=champion&limit=500")).GetProperty("items").EnumerateArray()
            .Where(p => p.GetProperty("outcome").ValueKind == JsonValueKind.Object && p.GetProperty("predicted").ValueKind == JsonValueKind.Object)];

    public async ValueTask DisposeAsync()
    {
        if (Silo is not null)
            await Silo.DisposeAsync();
        data.Dispose();
    }

    // The first trainings may find too few rows.
    private async Task<int> Promotions() => (await Silo.Get("/api/training")).GetProperty("items").EnumerateArray()
        .Count(run => run.GetProperty("state").GetString() == "promoted");
}
