using System.Collections.Concurrent;
using System.Text;
using Hts.Forecasts;

namespace Hts.Tests.Cluster;

/// <summary>
/// Forecasts by a formula that a test can repeat: the artefact is a text, its length the model's one number. An artefact that begins
/// with "bad" is refused. One that begins with "members" has a table and a linear member that forecast alone.
/// </summary>
internal sealed class LinearForecaster : IForecaster
{
    private readonly ConcurrentDictionary<string, int> models = new();

    public Fault Loads { get; } = new();

    public Fault Forecasts { get; } = new();

    public static Forecast Of(int model, ForecastInput input)
    {
        var first = Worlds.Schema.MarketOffset;
        var texts = Worlds.Schema.Ages.Of(input.Features).ToArray().Sum() * 1e-4;
        double[] net = [.. Enumerable.Range(0, Worlds.Strategies.Count).Select(i => (input.Features[first + i] * 1e-3) + texts + (model * 1e-5))];
        return new Forecast(net, [.. net.Select(n => n - 0.01)], [.. net.Select(n => n + 0.01)], net, [.. net.Select(_ => 2.0)]);
    }

    public bool Holds(string version) => models.ContainsKey(version);

    public ModelTraits? Traits(string version) =>
        models.ContainsKey(version) ? new ModelTraits("cond", new double[Worlds.Strategies.Count]) : null;

    public void Forget() => models.Clear();

    public Task Load(string version, Stream artefact, CancellationToken cancellation) => Loads.Around(() =>
    {
        using var reader = new StreamReader(artefact, Encoding.UTF8);
        var text = reader.ReadToEnd();
        if (text.StartsWith("bad", StringComparison.Ordinal))
            throw new ArtefactRefusedException("The artefact is bad.");
        models[version] = text.Length;
        if (text.StartsWith("members", StringComparison.Ordinal))
            (models[ForecastParts.Of(version, ForecastParts.Cond)], models[ForecastParts.Of(version, ForecastParts.Ridge)]) = (0, text.Length - 1);
        return Task.CompletedTask;
    });

    public ValueTask<Forecast> Forecast(string version, ForecastInput input, CancellationToken cancellation) =>
        new(Forecasts.Around(() => Task.FromResult(Of(models[version], input))));
}
