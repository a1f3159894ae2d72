using Hts.Live;
using Hts.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace Hts.Tests.Live;

/// <summary>Waits for something that will be so, and names it when it is not.</summary>
internal static class Barriers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task Registered(FakeWorld world) => Until(() => Task.FromResult(!world.Observers.IsEmpty), "the gateway to register");

    /// <summary>What is published has come to the gateway and was numbered there.</summary>
    public static async Task Delivered(TestGateway gateway, Func<Task> publish)
    {
        var clients = gateway.Services.GetRequiredService<LiveClients>();
        var before = clients.Seq;
        await publish();
        await Until(() => Task.FromResult(clients.Seq > before), "live messages to be delivered");
    }

    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            patience.Token.IsCancellationRequested.ShouldBeFalse($"waited {Patience.TotalSeconds} s for {what}");
            await Task.Delay(5);
        }
    }
}
