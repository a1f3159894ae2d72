using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Hts.Evaluations;

namespace Hts.Tests.Evaluations;

public sealed partial class ReportPageTests
{
    private readonly string page = ReportPage.Write(SampleReport.Create());

    [Fact]
    public void Every_element_is_closed_and_every_section_is_there()
    {
        var body = Parse(page).Descendants("body").Single();

        body.Descendants("h2").Select(h => h.Value).ShouldBe(
        [
            "Skill of what served", "Direction", "What served", "Policies", "Coverage of the 90 % intervals", "Stability by month",
            "What groups of features are worth", "Labels", "How it was done",
        ]);
        body.Descendants("svg").ShouldAllBe(svg => svg.Attribute("aria-label")!.Value.Length > 0);
    }

    [Fact]
    public void Nothing_is_fetched_from_elsewhere()
    {
        page.ShouldNotContain("<script");
        Fetched().Matches(page).ShouldBeEmpty();
    }

    [Fact]
    public void Both_colour_schemes_are_served()
    {
        page.ShouldContain("prefers-color-scheme:dark");
        page.ShouldContain("color-scheme:light dark");
    }

    [Fact]
    public void Texts_are_escaped()
    {
        var risky = ReportPage.Write(SampleReport.Create("<b>&"));

        Parse(risky).Descendants("th").Select(h => h.Value).ShouldContain("<b>&");
        Parse(risky).Descendants("p").Select(p => p.Value).ShouldContain("Direction < cost & luck.");
    }

    [Fact]
    public void No_figure_is_drawn_outside_its_chart()
    {
        foreach (var svg in Parse(page).Descendants("svg"))
        {
            double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
            foreach (var dot in svg.Descendants("circle"))
            {
                ((double)dot.Attribute("cx")!).ShouldBeInRange(0, box[2]);
                ((double)dot.Attribute("cy")!).ShouldBeInRange(0, box[3]);
            }
        }
    }

    [Fact]
    public void A_report_without_intervals_or_ablation_leaves_those_sections_out()
    {
        var bare = ReportPage.Write(SampleReport.Create() with { Coverage = [], Ablation = [], Gate = [] });

        Parse(bare).Descendants("h2").Count().ShouldBe(7);
    }

    [Fact]
    public void A_figure_of_too_few_days_stands_without_an_interval()
    {
        var report = SampleReport.Create();
        var few = ReportPage.Write(report with { Pooled = report.Pooled with { GrossIc = new(0.0312, null, null) } });

        Parse(few).Descendants("div").ShouldContain(d => (string?)d.Attribute("class") == "tile" && d.Value == "gross IC0.031no interval");
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [GeneratedRegex("\\b(src|href)\\s*=|url\\(|@import|https?:")]
    private static partial Regex Fetched();
}
