using System.Text.Json;
using Hts.Live;
using Microsoft.AspNetCore.SignalR;

namespace Hts.Tests.Live;

/// <summary>The way to a client that does not read until it is released.</summary>
internal sealed class StuckProxy : IClientProxy
{
    private readonly TaskCompletionSource release = new();
    private readonly List<(string Kind, JsonElement Json)> sent = [];

    public bool Open { get; init; }

    public bool Stuck { get; private set; }

    public IReadOnlyList<(string Kind, JsonElement Json)> Sent
    {
        get
        {
            lock (sent)
                return [.. sent];
        }
    }

    public void Release() => release.SetResult();

    public IEnumerable<string> Bars() => Sent.Select(
        s => $"{s.Json.GetProperty("symbol")} {s.Json.GetProperty("data").GetProperty("ts").GetDateTimeOffset().ToUnixTimeSeconds() / 15}");

    public IEnumerable<long> Seqs() => Sent.Select(s => s.Json.GetProperty("seq").GetInt64());

    public async Task SendCoreAsync(string method, object?[] args, CancellationToken cancellationToken = default)
    {
        Stuck = true;
        if (!Open)
            await release.Task.WaitAsync(cancellationToken);
        lock (sent)
            sent.Add((method, JsonElement.Parse(((LivePayload)args[0]!).Json)));
    }
}
