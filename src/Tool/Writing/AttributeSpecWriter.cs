using System.Text;
using ModelGen.Emit;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Tool.Writing;

/// <summary>Writes a spec as a class with attributes. They say less than JSON, on purpose: what they can't say is refused and named.</summary>
internal sealed class AttributeSpecWriter
{
    /// <summary>Columns; a line of layers that would be longer is broken.</summary>
    private const int Width = 120;

    private readonly ModelSpec _spec;
    private readonly AttributeArguments _arguments;

    private AttributeSpecWriter(ModelSpec spec) => (_spec, _arguments) = (spec, new AttributeArguments(spec));

    /// <summary>The file's text.</summary>
    /// <exception cref="ModelGenException">Only JSON can say it; the message names what.</exception>
    public static string Write(ModelSpec spec) => new AttributeSpecWriter(spec).Text();

    private string Text()
    {
        var text = new StringBuilder("using ModelGen;\n\n");
        if (_spec.Namespace.Length > 0)
            text.Append("namespace ").Append(CSharpWord.EscapeNamespace(_spec.Namespace)).Append(";\n\n");
        foreach (var block in _spec.Blocks)
            WriteBlock(text, block);
        WriteList(text, ["Model", .. _spec.Inputs.Select(_arguments.Input)]);
        WriteList(text, _spec.Layers.Select((layer, index) => Layer(layer, LayerPlace.OfNetwork(index).Path)));
        if (_spec.Outputs is { } outputs)
            WriteList(text, [$"Outputs({AttributeArguments.Spread(outputs)})"]);
        if (_spec.Training is { } training)
            WriteList(text, [AttributeArguments.Attribute("Training", training, TrainingParameters.All, "training")]);
        if (_spec.Data is { } data && DataSources.Find(data.Keyword) is { } source)
            WriteList(text, [AttributeArguments.Attribute(source.AttributeName, data, source.Parameters, "data")]);
        if (_spec.Budget is { } budget)
            WriteList(text, [AttributeArguments.Attribute("Budget", budget, Graph.Budget.Settings, "budget")]);
        if (_spec.Compile is { } compile)
            WriteList(text, [AttributeArguments.Attribute("Compile", compile, Graph.CompilationPlan.Settings, "compile")]);
        return text.Append("public partial class ").Append(CSharpWord.EscapeType(_spec.Name)).Append(";\n").ToString();
    }

    private void WriteBlock(StringBuilder text, BlockSpec block)
    {
        if (block.Parameters.Count > 0)
            throw AttributeArguments.OnlyJson($"a block with parameters ('{block.Name}')");
        if (block.Inputs is not [ModelSpec.OnlyInput])
            throw AttributeArguments.OnlyJson($"a block with named inputs ('{block.Name}')");
        text.Append(block.IsNumbered ? "[Block(Numbered = true)]\n" : "[Block]\n");
        var list = BlockSpec.ListOf(block.Name);
        WriteList(text, block.Layers.Select((layer, index) => Layer(layer, new LayerPlace(list, index).Path)));
        text.Append("internal sealed class ").Append(CSharpWord.EscapeType(block.Name)).Append(";\n\n");
    }

    private string Layer(SectionSpec layer, string path)
    {
        if (layer.Find(CatalogueEntry.When.Name) is not null)
            throw AttributeArguments.OnlyJson($"'when' ({path})");
        return _spec.Blocks.Any(block => block.Name == layer.Keyword) ? AttributeArguments.Use(layer, path)
            : layer.Keyword == "residual" ? _arguments.Residual(layer, path)
            : layer.Keyword == "custom" ? AttributeArguments.Custom(layer, path)
            : LayerCatalogue.Find(layer.Keyword) is LayerKind { HasAttribute: true } kind ? AttributeArguments.Attribute(kind.AttributeName, layer, kind.Settings, path)
            : throw AttributeArguments.OnlyJson($"'{layer.Keyword}' ({path})");
    }

    /// <summary>Attributes in brackets, as many on a line as fit.</summary>
    private static void WriteList(StringBuilder text, IEnumerable<string> attributes)
    {
        var line = "";
        foreach (var attribute in attributes)
        {
            if (line.Length > 0 && line.Length + attribute.Length + 4 > Width)
            {
                text.Append('[').Append(line).Append("]\n");
                line = "";
            }

            line += line.Length == 0 ? attribute : ", " + attribute;
        }

        if (line.Length > 0)
            text.Append('[').Append(line).Append("]\n");
    }
}
