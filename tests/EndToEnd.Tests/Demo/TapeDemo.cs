using System.Text.Json;
using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

/// <summary>A demo on recorded trades at 120 times the speed, shared by the tests that only look at it.</summary>
public sealed class TapeDemo : IAsyncLifetime
{
    public const string Symbol = "BTC_JPY";
    private const int Settled = 10;

    private readonly TempFolder data = new();

    internal RunningSilo Silo { get; private set; } = null!;

    /// <summary>Connection string of the demo's own database.</summary>
    internal string ConnectionString
    {
        get
        {
            var server = Path.Combine(data.Path, "postgres");
            var port = File.ReadLines(Path.Combine(server, "data", "postmaster.pid")).ElementAt(3);
            return $"Host=127.0.0.1;Port={port};Username=hts;Database=hts;Password={File.ReadAllText(Path.Combine(server, "password")).Trim()}";
        }
    }

    public async ValueTask InitializeAsync()
    {
        Silo = RunningSilo.Start(
            "demo", "--tape", Paths.MarketData("trades/bitflyer"), "--speed", "120", "--data-dir", data.Path);
        await Silo.Until(
            $"{Settled} settled predictions with outcomes and two hourly trainings", TimeSpan.FromMinutes(5),
            async () => (Outcomes: await Outcomes(), Trainings: await EndedTrainings()),
            seen => seen.Outcomes.Count >= Settled && seen.Trainings >= 3);
    }

    internal async Task<List<JsonElement>> Outcomes() =>
        [.. (await Silo.Get($"/api/symbols/{Symbol}/predictions?limit=500")).GetProperty("items").EnumerateArray()
            .Where(p => p.GetProperty("outcome").ValueKind == JsonValueKind.Object && p.GetProperty("predicted").ValueKind == JsonValueKind.Object)];

    public async ValueTask DisposeAsync()
    {
        if (Silo is not null)
            await Silo.DisposeAsync();
        data.Dispose();
    }

    // The first one comes with the history, the hourly ones after that.
    private async Task<int> EndedTrainings() => (await Silo.Get("/api/training")).GetProperty("items").EnumerateArray()
        .Count(run => run.GetProperty("state").GetString() is "promoted" or "rejected");
}
