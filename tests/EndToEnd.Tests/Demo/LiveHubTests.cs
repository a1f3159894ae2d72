using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hts.Tests.Demo;

[Collection(DemoCollection.Name)]
public sealed class LiveHubTests(TapeDemo demo)
{
    [Theory]
    [InlineData("bar")]
    [InlineData("prediction")]
    [InlineData("settlement")]
    public async Task A_subscriber_receives(string message)
    {
        var received = Channel.CreateBounded<JsonElement>(1_000);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(demo.Silo.Http.BaseAddress!, "/hubs/live"))
            .Build();
        connection.On<JsonElement>(message, envelope => received.Writer.TryWrite(envelope.Clone()));
        await connection.StartAsync();
        await connection.InvokeAsync("Subscribe", new[] { TapeDemo.Symbol });

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var first = await received.Reader.ReadAsync(patience.Token);
        var second = await received.Reader.ReadAsync(patience.Token);

        first.GetProperty("symbol").GetString().ShouldBe(TapeDemo.Symbol);
        second.GetProperty("seq").GetInt64().ShouldBeGreaterThan(first.GetProperty("seq").GetInt64());
    }
}
