using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Hts.Tests.Demo;

[Collection(DemoCollection.Name)]
public sealed class DashboardTests(TapeDemo demo)
{
    private static readonly string[] Chromium =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    [Fact]
    public Task The_page_shows_the_newest_forecasts_the_model_and_live_candles() => Visit("", async page =>
    {
        await Assertions.Expect(page.GetByText("Connected")).ToBeVisibleAsync();
        foreach (var strategy in new[] { "Trend", "Mean revert", "Breakout", "Scalper", "Long hold", "Short hold" })
            await Assertions.Expect(page.GetByText(strategy, new PageGetByTextOptions { Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Model in use")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Epoch").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("canvas").First).ToBeVisibleAsync();
    });

    [Fact]
    public async Task The_model_card_says_who_put_it_there_and_what_holds_it()
    {
        var version = (await demo.Silo.Get("/api/models/current")).GetProperty("epoch").GetProperty("version").GetString();
        await Post($"/api/models/{version}/pin", "a look at the page");
        try
        {
            await Visit("", async page =>
            {
                await Assertions.Expect(page.GetByText("put there by")).ToBeVisibleAsync();
                await Assertions.Expect(page.GetByText(new Regex($"to {version} since .* by REST without a key: a look at the page"))).ToBeVisibleAsync();
            });
        }
        finally
        {
            await Post("/api/models/unpin", "looked");
        }
    }

    private async Task Post(string path, string reason)
    {
        using var answer = await demo.Silo.Http.PostAsync(path, JsonContent.Create(new { reason }));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public Task The_quality_page_tells_each_hour_and_is_a_step_of_the_browser() => Visit("&view=quality&span=7d", async page =>
    {
        await Assertions.Expect(page.GetByText("Feed lag now")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("td[tabindex='0']")).ToHaveAttributeAsync("aria-label", new Regex("UTC: .* bar"));

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Forecast" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Model in use")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByText("Hour by hour")).ToBeVisibleAsync();
    });

    /// <summary>Opens the demo's page in a browser; no error may have come up there by the end of the visit.</summary>
    /// <param name="query">What follows the symbol in the address.</param>
    private async Task Visit(string query, Func<IPage, Task> visit)
    {
        var browserPath = Array.Find(Chromium, File.Exists);
        if (browserPath is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no Chromium on this machine.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = browserPath,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            Timeout = 90_000,
        });
        // The page's requests share two processors with every other test that runs now.
        Assertions.SetDefaultExpectTimeout(30_000);
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(90_000);
        var problems = new List<string>();
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, line) =>
        {
            // A cluster that is busy may say so to a page that asks again by itself.
            if (line.Type == "error" && !line.Text.Contains("503", StringComparison.Ordinal))
                problems.Add(line.Text);
        };

        await page.GotoAsync($"{demo.Silo.Http.BaseAddress}?symbol={TapeDemo.Symbol}{query}");
        await visit(page);

        problems.ShouldBeEmpty();
    }
}
