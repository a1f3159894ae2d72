using System.Collections.Concurrent;
using Hts.History;
using Hts.Live;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Status;
using Hts.Symbols;
using Hts.Training;

namespace Hts.Tests.Cluster;

/// <summary>What the fake grains know and what they were asked; shared by all of them, since the cluster runs in this process.</summary>
public sealed class FakeWorld
{
    public static readonly string[] Strategies = ["trend", "mean_revert", "breakout", "scalper", "long_hold", "short_hold"];

    /// <summary>2026-01-05T10:03:00Z, on a minute, three minutes into a slot.</summary>
    public const long Now = 1_767_607_380_000;

    public const long Slot = Now - 180_000;

    public SystemStatus Status { get; set; } = new(Now, 1, 15, 600, Strategies, "synthetic");

    public ConcurrentDictionary<string, SymbolMessage> Symbols { get; } = new();

    public ConcurrentDictionary<string, List<BarMessage>> Bars { get; } = new();

    public ConcurrentDictionary<string, IReadOnlyList<PredictionMessage>> Predictions { get; } = new();

    public ConcurrentDictionary<string, PredictionMessage> Newest { get; } = new();

    public ConcurrentDictionary<string, int> NewestCalls { get; } = new();

    /// <summary>Held open by a test that wants a predictor to answer later.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource> NewestGates { get; } = new();

    public List<EventMessage> Events { get; } = [];

    public List<ModelMessage> Models { get; } = [];

    public List<TrainingRunMessage> Runs { get; } = [];

    public TrainingStateMessage Training { get; set; } = new("idle", "", 0, "nothing ran yet", Now + 60_000);

    public EpochMessage? Epoch { get; set; }

    public PinMessage? Pin { get; set; }

    public string? PointerProblem { get; set; }

    public List<ModelMoveMessage> Moves { get; } = [];

    public string? PromotionRefusal { get; set; }

    public ConcurrentQueue<EmbeddingMessage> Embeddings { get; } = new();

    public string? EmbeddingRefusal { get; set; }

    public ConcurrentDictionary<string, GapMessage[]> Gaps { get; } = new();

    /// <summary>Answered for any span.</summary>
    public ConcurrentDictionary<string, QualityMessage> Quality { get; } = new();

    /// <summary>Thrown by each call for this symbol.</summary>
    public ConcurrentDictionary<string, Func<Exception>> Faults { get; } = new();

    /// <summary>Every grain that was activated for a symbol's name.</summary>
    public ConcurrentDictionary<string, bool> Activated { get; } = new();

    public ConcurrentDictionary<ILiveObserver, bool> Observers { get; } = new();

    public int Renewals;

    public int RefusedRenewals;

    /// <summary>Set by a test that wants renewals to be answered later.</summary>
    public TaskCompletionSource? RenewalGate { get; set; }

    public void AddSymbol(string name) => Symbols[name] = new SymbolMessage(name, "live", Now - 1_000_000, Slot, null, 0.5, Now - 15_000, 101.5);

    public void Fail(string symbol)
    {
        if (Faults.TryGetValue(symbol, out var fault))
            throw fault();
    }

    public Task Publish(params LiveMessage[] messages) => Publish(0, messages);

    /// <summary>Publishes, and says how many messages before these were lost.</summary>
    public Task Publish(int lost, params LiveMessage[] messages) => Task.WhenAll(Observers.Keys.Select(observer => Publish(observer, messages, lost)));

    public static BarMessage Bar(long ts, double close = 100) => new(ts, close, close + 1, close - 1, close, 2.5, 1.5, 7, 42, ts + 15_000, 0);

    public static PredictionMessage Prediction(string symbol, long baseTs, string role = "champion", bool settled = false) => new(
        symbol, baseTs, baseTs + 600_000, role, "v1", 3, Strategies,
        [0.01, -0.02, 0.03, -0.04, 0.05, -0.25], [-1, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1], "long_hold", "picked", "abc", baseTs + 1_234,
        settled ? [0.1, 0.2, 0.3, 0.4, 0.5, -0.7] : null, settled ? baseTs + 601_000 : null, settled ? "settled" : null, 0);

    public static LiveMessage Live(string kind, PredictionMessage prediction) => new(kind, prediction.Symbol, null, prediction, null, null, null);

    private static async Task Publish(ILiveObserver observer, LiveMessage[] messages, int lost)
    {
        try
        {
            await observer.Receive(messages, lost);
        }
        catch (TimeoutException)
        {
            // A gateway of another test that went without a farewell; who misses a message says so itself.
        }
    }

    public static LiveMessage LiveBar(string symbol, BarMessage bar) => new("bar", symbol, bar, null, null, null, null);
}
