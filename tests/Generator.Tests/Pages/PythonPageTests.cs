using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Pages;

/// <summary>What the pages show of Python runs there: it takes what our network saved, and our network takes what it saves.</summary>
[Collection("Torch")]
public sealed class PythonPageTests
{
    [PythonFact]
    public void Weights_move_both_ways_as_the_page_says()
    {
        using var folder = new TempFolder();
        var script = folder.Write("page.py", System.Text.Encoding.UTF8.GetBytes($"import os\nos.chdir({System.Text.Json.JsonSerializer.Serialize(folder.Path)})\n{Python("docs/interop.md")}"));
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Compiled.From(SeedSpecs.Attributes).Load().GetType("Demo.ConvNet")!)!;
        Weights.Save(model, folder["model.pth"]);

        PythonTorch.Run(script);

        Assert.Equal(["took the state_dict under 'model_state_dict' and nothing else of the checkpoint"], Weights.Load(model, folder["checkpoint.pth"]));
    }

    [PythonFact]
    public void Optimizers_move_both_ways_as_the_page_says()
    {
        using var folder = new TempFolder();
        using var program = new EmittedProgram("return Demo.ConvNet.Run(args);", SeedSpecs.Json);
        var script = folder.Write("page.py", System.Text.Encoding.UTF8.GetBytes($"import os\nos.chdir({System.Text.Json.JsonSerializer.Serialize(folder.Path)})\n{Python("docs/interop.md")}\n{Python("docs/interop.md", 1)}"));
        Train("--out", folder.Path, "--save", folder["weights.pth"], "--save-optimizer", folder["optimizer.pth"]);

        PythonTorch.Run(script);

        var said = Train("--out", folder["next"], "--load", folder["checkpoint.pth"], "--load-optimizer", folder["checkpoint.pth"]);
        Assert.DoesNotContain("other numbers", said, StringComparison.Ordinal);

        string Train(params string[] options)
        {
            var (exitCode, output, error) = program.Run(["--limit", "64", "--epochs", "1", "--device", "cpu", "--no-progress", .. options]);
            Assert.Equal((0, ""), (exitCode, error));
            return output;
        }
    }

    [Fact]
    public void There_is_no_other() => Assert.Equal(["docs/interop.md"], Page.Docs.Where(page => page.Blocks.Any(block => block.Language == "python")).Select(page => page.Path));

    private static string Python(string path, int index = 0) => Page.Docs.Single(page => page.Path == path).Blocks.Where(block => block.Language == "python").ElementAt(index).Text;
}
