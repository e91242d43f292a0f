using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModelGen.Reporting.Report;
using ModelGen.Training.Metrics;
using SkiaSharp;

namespace ModelGen.Tests.Reporting.Report;

public sealed partial class RunReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_content_gives_the_same_bytes()
    {
        RunReport.Write(_folder["a.html"], SampleReport.Of(20, 10));
        RunReport.Write(_folder["b.html"], SampleReport.Of(20, 10));

        Assert.Equal(File.ReadAllBytes(_folder["a.html"]), File.ReadAllBytes(_folder["b.html"]));
        Assert.DoesNotContain((byte)'\r', File.ReadAllBytes(_folder["a.html"]));
    }

    [Fact]
    public void A_comma_culture_changes_no_byte()
    {
        var page = RunReport.Page(SampleReport.Of(20, 10));
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "~" } };
        try
        {
            Assert.Equal(page, RunReport.Page(SampleReport.Of(20, 10)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_numbers_asked_for_first_stand_on_top()
    {
        var content = SampleReport.Of(3, 10);
        var epochs = content.Epochs.ToList();
        epochs[1] = epochs[1] with { TestAccuracy = 0.9932 };
        epochs[2] = epochs[2] with { TestAccuracy = 0.9876, TestLoss = 0.04321, TrainLoss = 0.1 };

        var headline = Page(content with { Epochs = epochs, BestEpoch = 2 }).Descendants("dl").First().Elements("div").Select(div => Text(div)).ToArray();

        Assert.Equal(
            [
                "Test accuracy 98.76% best 99.32% in epoch 2", "Test loss 0.0432 training 0.1000", "Epochs 3 the best is 2",
                "Training time 00:19 8.80k images/s, 1.20% waiting",
            ],
            headline);
    }

    [Fact]
    public void Without_a_test_set_nothing_is_said_of_tests()
    {
        var page = Page(SampleReport.Of(5, 10, tested: false));

        Assert.Equal(["Curves", "Model", "Settings", "Environment"], page.Descendants("h2").Select(h2 => h2.Value));
        Assert.DoesNotContain("test", Text(page.Descendants("section").First()), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Training accuracy 95.96% no test set", Text(page.Descendants("dl").First().Elements("div").First()));
    }

    [Fact]
    public void Samples_that_are_no_images_are_called_what_they_are() =>
        Assert.DoesNotContain(Page(SampleReport.Of(2, 10) with { Unit = "rows", Data = "", Mistakes = [] }).Descendants("section").Descendants("th"), head => head.Value == "images");

    [Fact]
    public void Few_classes_have_a_matrix_with_its_numbers()
    {
        var content = SampleReport.Of(2, 3) with { Confusion = new ConfusionMatrix(new long[,] { { 40, 0, 2 }, { 1, 50, 0 }, { 0, 0, 1200 } }) };
        var matrix = Page(content).Descendants("table").Single(table => ((string?)table.Attribute("class"))!.StartsWith("matrix", StringComparison.Ordinal));

        Assert.Equal(["0 40 2", "1 1 50", "2 1200"], matrix.Element("tbody")!.Elements("tr").Select(Text));
        Assert.Equal(["0 2 2 4.76%", "1 0 1 1.96%"], Rows(content, "pairs"));
    }

    [Fact]
    public void Many_classes_have_the_pairs_confused_most_and_the_weakest_first()
    {
        var page = Page(SampleReport.Of(2, 1000));
        var tables = page.Descendants("table").ToArray();

        Assert.DoesNotContain(tables, table => ((string?)table.Attribute("class"))!.StartsWith("matrix", StringComparison.Ordinal));
        Assert.Equal("6 7 16 1.61%", Text(tables[1].Element("tbody")!.Elements("tr").First()));
        var f1 = tables[2].Element("tbody")!.Elements("tr").Select(row => double.Parse(row.Elements("td").ElementAt(2).Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(1000, f1.Length);
        Assert.Equal(f1.Order(), f1);
    }

    [Fact]
    public void Mistakes_are_shown_as_they_were_seen()
    {
        var content = SampleReport.Of(2, 10);
        var figures = Page(content).Descendants("figure").Where(figure => figure.Element("img") is not null).ToArray();

        Assert.Equal(24, figures.Length);
        Assert.Equal("3 → 4 98.80%", Text(figures[1].Element("figcaption")!));
        var shown = content.Mistakes[1];
        using var image = SKBitmap.Decode(Convert.FromBase64String(((string)figures[1].Element("img")!.Attribute("src")!)["data:image/png;base64,".Length..]));
        for (var i = 0; i < 784; i++)
            Assert.Equal(new SKColor(shown.Pixels[i], shown.Pixels[784 + i], shown.Pixels[1568 + i]), image.GetPixel(i % 28, i / 28));
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(1, 600, 300, 256, 128)]
    [InlineData(3, 1, 5000, 1, 256)]
    public void Images_of_any_size_become_small_pictures(int channels, int height, int width, int shownHeight, int shownWidth)
    {
        // Named in the order of the shape; the longest side decides.
        var uri = PngImage.DataUri(new byte[channels * height * width], new ModelGen.Data.ImageShape(channels, height, width));
        using var image = SKBitmap.Decode(Convert.FromBase64String(uri["data:image/png;base64,".Length..]));

        Assert.Equal((shownHeight, shownWidth), (image.Height, image.Width));
    }

    [Fact]
    public void No_name_becomes_markup()
    {
        const string Hostile = "<script>alert('x')</script>\"&\u001b";
        var content = SampleReport.Of(2, 2) with
        {
            Model = Hostile,
            Data = Hostile,
            Summary = Hostile,
            Classes = [Hostile, Hostile],
            Settings = [(Hostile, Hostile)],
            Environment = [(Hostile, Hostile)],
        };
        var text = RunReport.Page(content);

        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', text);
        // The name, the model's title, the summary, the settings and what it ran on all read as they were given.
        Assert.Contains("<script>alert('x')</script>\"&\uFFFD", Page(content).Descendants("h1").Single().Value, StringComparison.Ordinal);
        Assert.Equal(4, Page(content).Descendants("dl").Skip(1).Descendants().Count(fact => !fact.HasElements && fact.Value.Contains("</script>", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 25)]
    [InlineData(1000, 26)]
    [InlineData(3, 1000)]
    public void Runs_of_every_size_are_well_formed_and_free_of_what_is_no_number(int epochs, int classes)
    {
        foreach (var content in new[] { SampleReport.Of(epochs, classes), SampleReport.Of(epochs, classes, tested: false), Empty(epochs, classes) })
        {
            var page = Page(content);
            Assert.DoesNotContain(page.DescendantNodes().OfType<XText>(), text => NoNumber().IsMatch(text.Value));
            Assert.DoesNotContain(page.Descendants().Attributes(), attribute => NoNumber().IsMatch(attribute.Value));
            Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" && !attribute.Value.StartsWith("data:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_long_run_stays_a_page_that_opens()
    {
        var content = SampleReport.Of(10_000, 10);

        var lines = Page(content).Descendants("path").Where(path => ((string?)path.Attribute("class"))?.StartsWith("line ", StringComparison.Ordinal) == true).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(500, ((string)line.Attribute("d")!).Count(letter => letter is 'M' or 'L')));
    }

    /// <summary>A run whose test set is empty.</summary>
    private static ReportContent Empty(int epochs, int classes) =>
        SampleReport.Of(epochs, classes) with { BestEpoch = null, Mistakes = [], Confusion = new ConfusionMatrix(new long[classes, classes]) };

    private static string[] Rows(ReportContent content, string table) =>
        [.. Page(content).Descendants("table").Single(one => (string?)one.Attribute("class") == table).Element("tbody")!.Elements("tr").Select(Text)];

    /// <summary>The page as XML, once the tags that HTML leaves open are closed: so each other tag is seen to be closed where it should be.</summary>
    private static XElement Page(ReportContent content)
    {
        var page = OpenTag().Replace(RunReport.Page(content)["<!DOCTYPE html>".Length..], "<$1$2/>");
        return XElement.Parse(page);
    }

    private static string Text(XElement element) =>
        Space().Replace(string.Join(' ', element.DescendantNodes().OfType<XText>().Select(text => text.Value)), " ").Trim();

    [GeneratedRegex("<(meta|link|img)((?: [a-z-]+=\"[^\"]*\")*)>")]
    private static partial Regex OpenTag();

    [GeneratedRegex(@"NaN|∞|Infinity|\[\]|System\.")]
    private static partial Regex NoNumber();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
