using System.Globalization;
using System.Text;
using ModelGen.Emit;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>The C# of <c>[Training]</c> and its enums, derived from the catalogue.</summary>
internal static class TrainingAttributeSource
{
    public static string Text()
    {
        var text = new StringBuilder("""
            // Derived from src/Generator/Training by a test; change it there and run the tests with MODELGEN_UPDATE=1.
            namespace ModelGen;


            """.Replace("\r\n", "\n"));
        foreach (var (choice, kinds) in TrainingParameters.Choices)
            text.Append(Enum(choice, kinds)).Append('\n');
        text.Append("""
            /// <summary>How the network is trained; the options of a run can change some of the numbers. docs/training.md explains each.</summary>
            /// <param name="loss">What training makes small.</param>
            /// <param name="optimizer">How the gradients change the weights.</param>
            [AttributeUsage(AttributeTargets.Class, Inherited = false)]
            public sealed class TrainingAttribute(Loss loss, Optimizer optimizer) : Attribute
            {
                /// <summary>What training makes small.</summary>
                public Loss Loss { get; } = loss;

                /// <summary>How the gradients change the weights.</summary>
                public Optimizer Optimizer { get; } = optimizer;

            """.Replace("\r\n", "\n"));
        foreach (var setting in TrainingSetting.All.Where(setting => !setting.Parameter.IsPositional))
            text.Append('\n').Append(Property(setting));
        return text.Append("}\n").ToString();
    }

    private static string Enum(Parameter choice, IReadOnlyList<TrainingKind> kinds)
    {
        var members = kinds.Select(kind => $"    /// <summary>{XmlDoc.Escape(kind.Doc)}{(kind.Source is null ? "" : $": {kind.Source}")}.</summary>\n    {kind.Member},\n");
        return $"/// <summary>{choice.Doc}.</summary>\npublic enum {SpecNames.ToPascalCase(choice.Name)}\n{{\n{string.Join("\n", members)}}}\n";
    }

    private static string Property(TrainingSetting setting)
    {
        var parameter = setting.Parameter;
        var isEnum = TrainingParameters.Choices.Any(choice => choice.Choice == parameter);
        var type = parameter.Type switch
        {
            ParameterType.Integer => "int",
            ParameterType.Real => "double",
            ParameterType.Flag => "bool",
            ParameterType.Reals => "double[]",
            ParameterType.Texts => "string[]",
            ParameterType.Choice when isEnum => SpecNames.ToPascalCase(parameter.Name),
            _ => "string",
        };
        var initial = type switch
        {
            "double[]" or "string[]" => " = [];",
            "string" => $" = \"{setting.Default}\";",
            "bool" => setting.Default == "true" ? " = true;" : "",
            _ when isEnum || setting.Default is null or "0" or "0.0" => "",
            _ => double.TryParse(setting.Default, CultureInfo.InvariantCulture, out _) ? $" = {setting.Default};" : "",
        };
        var takes = isEnum ? "" : $": {parameter.Expected}";
        var fallback = setting.IsRequired ? "" : $" Default: {setting.Defaults}.";
        return $"    /// <summary>{XmlDoc.Escape($"{parameter.Doc}{takes}.{setting.Of}{fallback}")}</summary>\n    public {type} {SpecNames.ToPascalCase(parameter.Name)} {{ get; set; }}{initial}\n";
    }
}
