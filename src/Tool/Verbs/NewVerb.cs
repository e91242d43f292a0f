using System.CommandLine;
using System.Globalization;
using ModelGen.Reporting;
using ModelGen.Specs;
using ModelGen.Tool.Specs;
using ModelGen.Tool.Writing;

namespace ModelGen.Tool.Verbs;

/// <summary><c>new FILE</c>: a spec to begin with, in the form that the file's name says.</summary>
internal static class NewVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "NAME.cs for attributes, NAME.model.json for JSON; the class is called NAME" };
        var input = new Option<string>("--input")
        {
            HelpName = "SIZES",
            Description = "The sizes of one sample: channels, height and width of an image, or the columns of a table",
            DefaultValueFactory = _ => "3,64,64",
        };
        var classes = new Option<int>("--classes")
        {
            HelpName = "N",
            Description = "How many classes there are to tell apart, at least 2",
            DefaultValueFactory = _ => 10,
        };
        input.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var sizes }] && SizesOf(sizes) is not [> 0] and not [> 0, > 0, > 0])
                given.AddError($"--input takes one whole number, or three with commas between them, such as 3,64,64, not '{sizes}'");
        });
        classes.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var number }] && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 2))
                given.AddError($"--classes takes a whole number of at least 2, not '{number}'");
        });
        var verb = new Command("new", "Write a spec to begin with") { file, input, classes };
        verb.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            NewFile.Write(path, TextOf(path, SizesOf(parsed.GetRequiredValue(input))!, parsed.GetValue(classes)));
            terminal.Out.Write($"{path}\n");
            return ToolProgram.Succeeded;
        });
        return verb;
    }

    private static string TextOf(string path, int[] sizes, int classes)
    {
        var isJson = JsonFile.IsSpec(path);
        if (!isJson && !path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
            throw new ModelGenException($"'{path}' names no form of spec: end it with .cs for attributes or with .model.json for JSON.");
        var name = Path.GetFileName(path)[..^(isJson ? JsonSpecReader.FileEnding : ".cs").Length];
        if (ClassName.Objection(name, dotted: false) is { } objection)
            throw new ModelGenException($"The name '{name}' can't be a network's: {objection}. Call the file otherwise.");
        var text = sizes.Length == 1 ? Table(sizes[0], classes) : Images(sizes, classes);
        var begun = JsonSpecReader.Read(name + JsonSpecReader.FileEnding, text, ProjectFile.RootNamespaceOf(path));
        var reading = CheckedReading.Of(begun);
        if (reading.Findings.FirstOrDefault(finding => finding.Rule.Severity == Diagnostics.Severity.Error) is { } error)
            throw new ModelGenException(error.Message);
        return isJson ? ConvertVerb.JsonOf(begun.Spec!, path) : AttributeSpecWriter.Write(begun.Spec!);
    }

    private static string Images(int[] sizes, int classes) => $$"""
        {
          "input": [{{Numbers(sizes)}}],
          "layers": [
            { "conv2d": 16, "kernel_size": 3, "padding": 1, "bias": false }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            { "conv2d": 32, "kernel_size": 3, "padding": 1, "bias": false }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            { "conv2d": 64, "kernel_size": 3, "padding": 1, "bias": false }, "batch_norm2d", "relu",
            "global_avg_pool", { "linear": {{Numbers(classes)}} }
          ],
          "training": { "loss": "cross_entropy", "optimizer": "adamw", "schedule": "cosine", "epochs": 20, "validation_share": 0.2 },
          "data": { "image_folder": { "resize": "fit" } }
        }
        """;

    private static string Table(int columns, int classes) => $$"""
        {
          "input": [{{Numbers(columns)}}],
          "layers": [{ "linear": 64 }, "relu", { "linear": 64 }, "relu", { "linear": {{Numbers(classes)}} }],
          "training": { "loss": "cross_entropy", "optimizer": "adamw", "schedule": "cosine", "epochs": 20, "validation_share": 0.2 },
          "data": { "csv": { "label": "label" } }
        }
        """;

    private static string Numbers(params int[] numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static int[]? SizesOf(string text)
    {
        var sizes = text.Split(',').Select(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        return sizes.All(size => size > 0) ? sizes : null;
    }
}
