using System.Xml.Linq;
using ModelGen.Tests.Training;

namespace ModelGen.Tests.CommandLine;

public sealed class LearningRateVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_prints_the_curve_and_the_suggestion_and_leaves_two_files()
    {
        var program = new TestProgram { Terminal = new RecordingTerminal(unicode: false) };

        Assert.Equal(0, program.Run("lr-find", "--out", _folder.Path, "--batch-size", "8"));
        Assert.Equal(program.Defaults with { Out = _folder.Path, BatchSize = 8 }, program.Options);
        Assert.Equal((100, 1e-7, 10.0), (program.Search!.Steps, program.Search.From, program.Search.To));
        Assert.Equal(["lr-find.csv", "lr-find.svg"], _folder.Entries);
        var lines = program.Out.Split('\n');
        Assert.Matches("^TestNet: the smoothed loss of [0-9]+ steps by learning rate$", lines[0]);
        Assert.Equal(8, lines.Count(line => line.Contains('*', StringComparison.Ordinal)));
        Assert.Matches("^ +1e-7 +[0-9.]+$", lines[9]);
        Assert.Matches("^The loss falls steepest at 0.0[0-9]+: try --learning-rate 0.0[0-9]+$", lines[10]);
        Assert.Equal($"The curve is in {_folder["lr-find.svg"]}, its points in {_folder["lr-find.csv"]}", lines[11]);
    }

    [Fact]
    public void The_points_are_a_table()
    {
        new TestProgram { Loss = rate => 8 * rate }.Run("lr-find", "--out", _folder.Path, "--from", "0.25", "--to", "1", "--steps", "3");

        Assert.Matches("^learning_rate,loss,smoothed\r\n0.25,2,[0-9.]+\r\n0.5,4,[0-9.]+\r\n1,8,[0-9.]+\r\n$", File.ReadAllText(_folder["lr-find.csv"]));
    }

    [Fact]
    public void The_drawing_is_xml_that_loads_nothing()
    {
        new TestProgram().Run("lr-find", "--out", _folder.Path);

        var drawing = XDocument.Load(_folder["lr-find.svg"]).Root!;
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(svg + "svg", drawing.Name);
        Assert.Equal(["raw", "smooth"], drawing.Elements(svg + "path").Select(path => path.Attribute("class")!.Value).Where(style => style is "raw" or "smooth"));
        Assert.Single(drawing.Elements(svg + "path"), path => path.Attribute("class")!.Value == "mark");
        Assert.DoesNotContain("NaN", drawing.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("http", drawing.ToString().Replace(svg.NamespaceName, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_suggestion_it_says_why()
    {
        var program = new TestProgram { Loss = _ => 2 };

        Assert.Equal(0, program.Run("lr-find", "--out", _folder.Path, "--steps", "5"));
        Assert.Contains("\nNo suggestion. 5 steps are too few to see where the loss falls: take at least 13.\n", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_never_a_number_leaves_no_files()
    {
        var program = new TestProgram { Loss = _ => double.NaN };

        Assert.Equal(1, program.Run("lr-find", "--out", _folder.Path));
        Assert.Equal("error: The loss is no number from the first step on: look at the data and at the initial weights.\n", program.Error);
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public void On_a_terminal_the_last_line_is_the_step_until_the_curve_comes()
    {
        var program = new TestProgram { Terminal = new RecordingTerminal(interactive: true) };

        Assert.Equal(0, program.Run("lr-find", "--out", _folder.Path));
        Assert.StartsWith("\rstep 1/100  lr 1e-7  loss 2.0000", program.Out, StringComparison.Ordinal);
        Assert.StartsWith("TestNet: the smoothed loss", program.Terminal.Screen[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_is_cancelled_exits_with_130_and_leaves_no_files()
    {
        var program = new TestProgram { Fails = new OperationCanceledException() };

        Assert.Equal(130, program.Run("lr-find", "--out", _folder.Path));
        Assert.Equal("Stopped.\n", program.Out);
        Assert.Empty(program.Error);
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_told_before_anything_runs()
    {
        Directory.CreateDirectory(_folder["lr-find.csv"]);
        var program = new TestProgram();

        Assert.Equal(1, program.Run("lr-find", "--out", _folder.Path));
        Assert.StartsWith($"error: '{_folder["lr-find.csv"]}' is a folder", program.Error, StringComparison.Ordinal);
        Assert.Null(program.Ran);
    }
}
