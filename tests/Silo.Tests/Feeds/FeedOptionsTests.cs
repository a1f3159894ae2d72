using Hts.Feeds;

namespace Hts.Tests.Feeds;

public sealed class FeedOptionsTests
{
    [Fact]
    public void The_defaults_are_allowed() => new FeedOptionsValidator().Validate(null, new FeedOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Every_wrong_key_is_named_with_its_value_and_what_is_allowed()
    {
        var options = new FeedOptions
        {
            WebSocketUrl = "https://example.com",
            RestUrl = "here",
            HeartbeatSeconds = 0,
            SilenceSeconds = double.NaN,
            Symbols = ["BTCUSDT", "btcusdt", "BTCUSDT"],
        };

        new FeedOptionsValidator().Validate(null, options).Failures.ShouldBe(
        [
            "Feed:WebSocketUrl is 'https://example.com': an absolute ws or wss address is allowed",
            "Feed:RestUrl is 'here': an absolute http or https address is allowed",
            "Feed:HeartbeatSeconds is '0': 1 to 60 is allowed",
            "Feed:SilenceSeconds is 'NaN': 2 to 600 is allowed",
            "Feed:Symbols:1 is 'btcusdt': 2 to 32 capitals, digits or underscores are allowed",
            "Feed:Symbols:2 is 'BTCUSDT': it stands there twice",
        ]);
    }
}
