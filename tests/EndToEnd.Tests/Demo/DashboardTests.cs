using Microsoft.Playwright;

namespace Hts.Tests.Demo;

[Collection(DemoCollection.Name)]
public sealed class DashboardTests(TapeDemo demo)
{
    private static readonly string[] Chromium =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    [Fact]
    public async Task The_page_shows_the_newest_forecasts_the_model_and_live_candles()
    {
        var browserPath = Array.Find(Chromium, File.Exists);
        if (browserPath is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no Chromium on this machine.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = browserPath,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync();
        var problems = new List<string>();
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
                problems.Add(line.Text);
        };

        await page.GotoAsync($"{demo.Silo.Http.BaseAddress}?symbol={TapeDemo.Symbol}");

        await Assertions.Expect(page.GetByText("Connected")).ToBeVisibleAsync();
        foreach (var strategy in new[] { "Trend", "Mean revert", "Breakout", "Scalper", "Long hold", "Short hold" })
            await Assertions.Expect(page.GetByText(strategy, new PageGetByTextOptions { Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Model in use")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Epoch").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("canvas").First).ToBeVisibleAsync();
        problems.ShouldBeEmpty();
    }
}
