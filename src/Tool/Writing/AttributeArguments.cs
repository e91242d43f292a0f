using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Tool.Writing;

/// <summary>A section of a spec as one attribute with its arguments: the positional ones by position, the others by name.</summary>
internal sealed class AttributeArguments(ModelSpec spec)
{
    /// <summary>What attributes can't say.</summary>
    public static ModelGenException OnlyJson(string what) =>
        new($"Attributes can't say {what}: keep the network in its .model.json file (docs/spec.md, \"What only JSON says\").");

    /// <summary><c>Input(3, 28, 28)</c>, or with a name and a type.</summary>
    public string Input(SectionSpec input)
    {
        var name = spec.Inputs.Count == 1 && input.Keyword == ModelSpec.OnlyInput ? "" : CSharpLiteral.Of(input.Keyword) + ", ";
        var type = input.Find(ModelSpec.InputType) is { } kind ? $", Type = InputType.{SpecNames.ToPascalCase(kind.Text)}" : "";
        return $"Input({name}{Spread(input.Find(ModelSpec.InputShape)!)}{type})";
    }

    /// <summary><c>Use&lt;Cell&gt;(Repeat = 3)</c>.</summary>
    public static string Use(SectionSpec use, string path)
    {
        if (use.Settings.FirstOrDefault(setting => setting.Name is not ("repeat" or "name" or "from")) is { } other)
            throw OnlyJson($"'{other.Name}' ({path})");
        return Attribute($"Use<{CSharpWord.EscapeType(use.Keyword)}>", use, BlockUse.Common, path);
    }

    /// <summary><c>Residual&lt;Body&gt;(Shortcut = "projection")</c>: its layers are one block, used as it is.</summary>
    public string Residual(SectionSpec residual, string path)
    {
        if (residual.Find("layers") is not { Layers: [{ Settings.Count: 0 } only] } || spec.Blocks.All(block => block.Name != only.Keyword))
            throw OnlyJson($"a residual of layers that are not one block ({path})");
        if (residual.Find("drop_path") is not null || residual.Find("shortcut") is { Kind: SpecValueKind.Layers })
            throw OnlyJson($"'drop_path' or the layers of a shortcut ({path})");
        return Attribute($"Residual<{CSharpWord.EscapeType(only.Keyword)}>", residual.With("layers", null), LayerCatalogue.Find("residual")!.Settings, path);
    }

    /// <summary><c>Layer&lt;Scale&gt;(0.5)</c>.</summary>
    public static string Custom(SectionSpec custom, string path)
    {
        var type = "global::" + CSharpWord.EscapeNamespace(custom.Find("type")!.Text);
        var arguments = custom.Find("arguments") is { } values ? string.Join(", ", values.Items.Select(Literal)) : "";
        var rest = Arguments(custom.With("type", null).With("arguments", null), LayerCatalogue.Find("custom")!.Settings, path);
        return Called($"Layer<{type}>", [.. arguments.Length == 0 ? [] : (string[])[arguments], .. rest]);
    }

    /// <summary>The attribute of a section.</summary>
    public static string Attribute(string name, SectionSpec section, IReadOnlyList<Parameter> parameters, string path) =>
        Called(name, Arguments(section, parameters, path));

    /// <summary>A value's items one behind the other, as <c>params</c> takes them.</summary>
    public static string Spread(SpecValue value) => value.Kind == SpecValueKind.List ? string.Join(", ", value.Items.Select(Literal)) : Literal(value);

    private static string Called(string name, List<string> arguments) => arguments.Count == 0 ? name : $"{name}({string.Join(", ", arguments)})";

    private static List<string> Arguments(SectionSpec section, IReadOnlyList<Parameter> parameters, string path)
    {
        var positional = new List<string>();
        var named = new List<string>();
        var isGap = false;
        foreach (var parameter in parameters.Where(parameter => parameter.IsPositional))
        {
            if (section.Find(parameter.Name) is not { } value)
                isGap = true;
            else if (isGap)
                positional.Add($"{SpecNames.ToCamelCase(parameter.Name)}: {ValueOf(parameter, value, path)}");
            else
                positional.Add(parameter.Type is ParameterType.Outputs or ParameterType.Integers ? Spread(value) : ValueOf(parameter, value, path));
        }

        foreach (var setting in SettingOrder.Of(section, parameters))
        {
            var parameter = Parameter.Find(setting.Name, parameters) ?? throw OnlyJson($"'{setting.Name}' ({path})");
            if (!parameter.IsPositional)
                named.Add(Named(parameter, setting.Value, path));
        }

        return [.. positional, .. named];
    }

    private static string Named(Parameter parameter, SpecValue value, string path)
    {
        var property = SpecNames.ToPascalCase(parameter.Name);
        if (parameter is SizeParameter && value.Kind == SpecValueKind.Text && parameter.Choices.Contains(value.Text))
            return $"{property}{SpecNames.ToPascalCase(value.Text)} = true";
        // A property has one type: the list of a size has a name of its own.
        return $"{(parameter.Type == ParameterType.Size && value.Kind == SpecValueKind.List ? SpecNames.Plural(property) : property)} = {ValueOf(parameter, value, path)}";
    }

    private static string ValueOf(Parameter parameter, SpecValue value, string path)
    {
        if (value.Kind == SpecValueKind.Text && parameter.TakesExpressions)
            throw OnlyJson($"the expression {value} ({path})");
        var kinds = TrainingParameters.Choices.FirstOrDefault(choice => choice.Choice.Name == parameter.Name).Kinds ?? [];
        if (kinds.FirstOrDefault(kind => kind.Keyword == value.Text) is { } chosen)
            return $"{SpecNames.ToPascalCase(parameter.Name)}.{chosen.Member}";
        if (parameter == TrainingParameters.Resize)
            return $"Resize.{SpecNames.ToPascalCase(value.Text)}";
        if (parameter == CompilationPlan.ChosenBackend)
            return $"Backend.{BackendKeyword.MemberOf(value.Text)}";
        // What JSON may write without its brackets.
        return parameter.Type is ParameterType.Outputs or ParameterType.Integers && value.Kind != SpecValueKind.List ? $"[{Literal(value)}]" : Literal(value);
    }

    private static string Literal(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Integer or SpecValueKind.Real or SpecValueKind.Flag or SpecValueKind.Text => CSharpLiteral.Of(value),
        SpecValueKind.List => $"[{string.Join(", ", value.Items.Select(Literal))}]",
        _ => throw OnlyJson(value.ToString()),
    };
}
