using System.Net;
using Hts.Feeds;
using Hts.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

public sealed class BinanceRestTests
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly List<string> asked = [];
    private readonly Queue<HttpResponseMessage> answers = new();
    private BinanceRest? rest;

    [Fact]
    public async Task After_a_429_the_client_waits_as_long_as_asked()
    {
        answers.Enqueue(Answer(429, """{"code":-1003,"msg":"Too many requests"}""", retryAfter: 7));
        answers.Enqueue(Answer(200, """{"serverTime":5}"""));
        var began = time.GetUtcNow();

        var asking = Ask();
        while (!asking.IsCompleted && time.GetUtcNow() - began < TimeSpan.FromSeconds(20))
        {
            asked.Count.ShouldBe(1);
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        (await asking).ShouldBe(5);
        (time.GetUtcNow() - began).ShouldBeInRange(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task After_a_418_nothing_more_is_sent()
    {
        answers.Enqueue(Answer(418, """{"code":-1003,"msg":"Way too many requests"}""", retryAfter: 120));

        (await Should.ThrowAsync<ExchangeException>(Ask)).Fault.ShouldBe(ExchangeFault.Banned);
        (await Should.ThrowAsync<ExchangeException>(Ask)).Fault.ShouldBe(ExchangeFault.Banned);

        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated_and_carries_its_code()
    {
        answers.Enqueue(Answer(400, """{"code":-1121,"msg":"Invalid symbol."}"""));

        var failure = await Should.ThrowAsync<ExchangeException>(Ask);

        (failure.Fault, failure.Code, asked.Count).ShouldBe((ExchangeFault.Rejected, -1121, 1));
        failure.Message.ShouldBe("http://127.0.0.1:1/api/v3/time answered 400: Invalid symbol. (-1121)");
    }

    [Fact]
    public async Task A_failing_exchange_is_asked_a_few_times_and_then_given_up()
    {
        for (var i = 0; i < 3; i++)
            answers.Enqueue(Answer(502, "<html>"));

        var asking = Ask(retries: 2);
        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }

        (await Should.ThrowAsync<ExchangeException>(asking)).Fault.ShouldBe(ExchangeFault.Unreachable);
        asked.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"time":5}""")]
    [InlineData("""{"serverTime":"x"}""")]
    [InlineData("")]
    public async Task An_answer_of_another_shape_is_malformed(string body)
    {
        answers.Enqueue(Answer(200, body));

        (await Should.ThrowAsync<ExchangeException>(Ask)).Fault.ShouldBe(ExchangeFault.Malformed);
    }

    [Theory]
    [InlineData("""[[1,"1","1","1","1","1",2,"1",1,"1","1"],[2,"x"]]""")]
    [InlineData("""[[1,"1","1"]]""")]
    [InlineData("""[[1,1,1,1,1,1,1,1,1,1,1,1]]""")]
    [InlineData("""{"a":1}""")]
    [InlineData("""[[1,"1","1","1","1","1",2""")]
    public void Klines_of_another_shape_are_refused(string body) =>
        Should.Throw<System.Text.Json.JsonException>(() => BinanceJson.Klines(System.Text.Encoding.UTF8.GetBytes(body)));

    private Task<long> Ask() => Ask(3);

    private Task<long> Ask(int retries)
    {
        var options = Options.Create(new FeedOptions { RestUrl = "http://127.0.0.1:1", Retries = retries });
        rest ??= new BinanceRest(new Clients(this), new MarketClock(time), time, options, NullLogger<BinanceRest>.Instance);
        return rest.Get("/api/v3/time", 1, Urgency.Live, BinanceJson.ServerTime, CancellationToken.None);
    }

    private static HttpResponseMessage Answer(int status, string body, int retryAfter = 0)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        if (retryAfter > 0)
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(retryAfter));
        return answer;
    }

    private sealed class Clients(BinanceRestTests test) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test.asked.Add(request.RequestUri!.PathAndQuery);
            return Task.FromResult(test.answers.Dequeue());
        }
    }
}
