using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Layers;
using static ModelGen.Tests.Robustness.JsonSpecs;

namespace ModelGen.Tests.Robustness;

/// <summary>Random C# files that declare a network by attributes, from sound ones to ones that the compiler refuses.</summary>
internal static class AttributePrograms
{
    private static readonly string[] Names =
    [
        .. LayerCatalogue.Layers.Select(kind => kind.AttributeName), "Input", "Training", "ImageFolder", "Budget", "Compile", "Model", "Outputs", "Block",
        "Use<Cell>", "Use<Stage>", "Use<Itself>", "Use<Empty>", "Use<Names>", "Use<int[]>", "Use<>", "Residual<Cell>", "Residual<Net>", "Layer<Cell>", "Layer<Alias[]>",
        "Conv2D", "Rellu", "LinearAttribute", "global::ModelGen.ReLUAttribute", "ModelGen.Linear", "System.Obsolete", "System.Serializable",
        "Alias", "M", "", "1", "dynamic",
    ];

    private static readonly string[] Settings =
    [
        .. LayerCatalogue.Layers.SelectMany(kind => kind.Parameters).Select(parameter => Pascal(parameter.Name)).Distinct(),
        "Strides", "Paddings", "Dilations", "Name", "LearningRate", "BatchSize", "Epochs", "Momentum", "Classes", "Mean", "Std", "TrainImages",
        "Parameters", "TypeId", "@class", "Nonsense", "From", "Repeat", "Shortcut", "Numbered", "Output", "Type",
    ];

    private static readonly string[] Values =
    [
        "0", "1", "2", "3", "10", "-1", "28", "int.MaxValue", "int.MinValue", "2147483648", "9223372036854775808", "0.5", "-0.0", "1e308", "1e400",
        "double.NaN", "1f / 0",
        "1m", "'x'", "\"\"", "null", "default", "true", "!true", "[]", "[3]", "[3, 3]", "[1, 2, 3]", "[[1]]", "new[] { 2, 2 }", "new int[0]",
        "new object[] { 1, null }", "new double[] { 0.5 }",
        "typeof(int)", "nameof(Names)", "Names.Constant", "Names.Missing", "Names.Field", "1 / 0", "checked(int.MaxValue + 1)", "(byte)7",
        "Loss.Nll", "Loss.CrossEntropy", "Optimizer.Sgd",
        "(Loss)77", "default(Loss)", "\"a\" + \"b\"", "[\"cat\", \"dog\"]", "[\"cat\", \"cat\", null]", "", "x", "() => 1", "$\"{1}\"",
        "sizeof(int)", "new()", "(1, 2)", "1 +",
        .. HostileText.All.Where(text => text.Length < 100).Select(text => SymbolDisplay.FormatLiteral(text, quote: true)),
    ];

    private static readonly string[] Heads =
    [
        "public partial class", "internal partial class", "partial class", "public sealed partial class", "public class",
        "public static partial class", "public abstract partial class",
        "public partial record", "public partial record class", "public partial struct", "public partial interface", "file partial class",
        "private partial class",
        "protected internal partial class", "public partial enum", "public partial", "class partial", "unsafe partial class",
        "public public partial class",
    ];

    private static readonly string[] Tails =
    [
        ";", " { }", "<T>;", "<T>  where T : class { }", "(int n);", "() { }", " : object { }", " : Missing { }", " : System.Exception { }",
        " : System.ICloneable { }", " : Net { }",
        " { public NAME() { } }", " { public NAME(int n) : this() { } }", " { static NAME() { } }", " { public int Conv1 { get; } }",
        " { [ReLU] partial class Inner; }", "", " {", " } }",
    ];

    private static readonly string[] Between =
    [
        "\n", "\n\n", " ", "\n/* comment */\n", "\n// comment ]\n", "\n#pragma warning disable MG1002\n", "\n#if X\n[Linear(1)]\n#endif\n",
        "\n#line 7 \"elsewhere.cs\"\n", "\n#line hidden\n",
        "\n#region x\n#endregion\n", "\r\n", "\u2028", "\n#nullable disable\n",
    ];

    private static readonly string[] Containers =
    [
        "", "", "", "", "public partial class Outer { ", "class Outer { ", "partial record struct Outer(int N) { ",
        "partial class Outer<T> { partial interface Inner { ",
        "file partial class Outer { ",
        "enum Outer { ", "namespace Inner { partial class @class { ",
    ];

    public static string Next(Random random, string nameSpace)
    {
        var name = random.Next(12) == 0 ? Pick(random, ["", "@class", "Net", "var", "Options", "Ünï", "a\u200Db", "ReLU1", "forward", "_"]) : "Net";
        var container = Pick(random, Containers);
        var head = random.Next(3) == 0 ? Pick(random, Heads) : Heads[0];
        var tail = random.Next(3) == 0 ? Pick(random, Tails).Replace("NAME", name, StringComparison.Ordinal) : Tails[0];
        var part = random.Next(10) == 0 ? $"\n[{Section(random)}]\n{Pick(random, Heads)} {name};" : "";
        // Of all programs of its compilation these are the attributes then.
        var own = random.Next(1_000) == 0
            ? "\nnamespace ModelGen { class InputAttribute : System.Attribute { } class Conv2dAttribute(object o) : System.Attribute { } }"
            : "";
        return $$"""
            using ModelGen;
            using Alias = ModelGen.Conv2dAttribute;
            using M = ModelGen.ModelAttribute;
            namespace {{nameSpace}}
            {
                {{Blocks(random)}}
                {{container}}
                {{Attributes(random)}}
                {{head}} {{name}}{{tail}}{{part}}
                {{string.Concat(container.Where(character => character == '{').Select(_ => '}'))}}
                internal static class Names { public const int Constant = 4; public static readonly int Field = 4; }
            }{{own}}
            """;
    }

    // The blocks of the sound specs, as they are or with a change in one.
    private static string Blocks(Random random)
    {
        var changed = random.Next(3) == 0 ? $"[{Section(random)}] " : "";
        return $"{SoundSpecs.Blocks.Replace("internal sealed class Stage", changed + "internal sealed class Stage", StringComparison.Ordinal)} [Block, Use<Itself>] class Itself; [Block] class Empty;";
    }

    private static string Attributes(Random random)
    {
        var sections = Sections(random.Next(4) == 0 ? SoundSpecs.Attributes[^1] : Pick(random, SoundSpecs.Attributes)).Prepend("Model").ToList();
        for (var edits = random.Next(5); edits > 0 && sections.Count > 0; edits--)
        {
            var at = random.Next(sections.Count);
            switch (random.Next(6))
            {
                case 0:
                    sections.RemoveAt(at);
                    break;
                case 1:
                    sections.Insert(at, sections[random.Next(sections.Count)]);
                    break;
                case 2:
                    sections.Insert(at, Section(random));
                    break;
                case 3 when sections[at].Contains('(', StringComparison.Ordinal):
                    sections[at] = $"{sections[at].TrimEnd(')')}, {Argument(random)})";
                    break;
                default:
                    sections[at] = random.Next(3) == 0 ? Section(random) : Once(random, sections[at]);
                    break;
            }
        }

        return random.Next(2) == 0
            ? $"[{string.Join(", ", sections)}]"
            : string.Concat(sections.Select(section => $"{Pick(random, Between)}[{(random.Next(20) == 0 ? "type: " : "")}{section}]"));
    }

    private static string Section(Random random) =>
        $"{Pick(random, Names)}({string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Argument(random)))})";

    private static string Argument(Random random) => random.Next(4) switch
    {
        0 => $"{Pick(random, Settings)} = {Pick(random, Values)}",
        < 3 => $"{Pick(random, ["outChannels", "kernelSize", "sizes", "loss", "startDim", "p", "nonsense"])}: {Pick(random, Values)}",
        _ => Pick(random, Values),
    };

    // One number becomes some value.
    private static string Once(Random random, string section)
    {
        var digits = Enumerable.Range(0, section.Length)
            .Where(i => char.IsDigit(section[i]) && (i == 0 || !char.IsLetterOrDigit(section[i - 1]))).ToArray();
        return digits.Length == 0 ? section : section.Remove(digits[0], 1).Insert(digits[0], Pick(random, Values));
    }

    // At the commas outside of brackets.
    private static IEnumerable<string> Sections(string attributes)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < attributes.Length; i++)
        {
            depth += attributes[i] is '(' or '[' ? 1 : attributes[i] is ')' or ']' ? -1 : 0;
            if (attributes[i] != ',' || depth > 0)
                continue;
            yield return attributes[start..i].Trim();
            start = i + 1;
        }

        yield return attributes[start..].Trim();
    }

    private static string Pascal(string name) => ModelGen.Specs.SpecNames.ToPascalCase(name);
}
