using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>
/// Writes the public surface of a network whose spec has mistakes, so that the code that uses it does not fail as well. The build fails
/// by the mistakes themselves; what stands in the bodies never runs.
/// </summary>
internal static class OutlineEmitter
{
    private const string Tensor = ClassEmitter.Tensor;

    public static GeneratedFile Emit(ModelSpec spec, ModelOutline outline)
    {
        var output = outline.Outputs is null ? Tensor : $"{CSharpWord.EscapeType(spec.Name)}.Output";
        return GeneratedFile.Of(spec, "Module", (NetworkFacts.WriteUnknownDoc, " : " + ClassEmitter.Base(outline.Inputs.Count, output)), usings: [], writer =>
        {
            NetworkFacts.WriteUnknown(writer);
            writer.Write($$"""
                /// <summary>Refuses to run, should the mistakes have been silenced.</summary>
                /// <exception cref="global::ModelGen.ModelGenException">Always.</exception>
                public {{CSharpWord.EscapeType(spec.Name)}}()
                    : base("{{spec.Name}}") => throw new global::ModelGen.ModelGenException(
                        "The spec of {{spec.Name}} has mistakes, so there is no network: build with analyzers on and mend what they say.");

                """);
            if (outline.Compilation.ExportsOnnx)
            {
                writer.Write("""
                    /// <summary>Never runs.</summary>
                    public void ExportOnnx(string path, global::ModelGen.Formats.Onnx.OnnxOptions? options = null)
                    {
                    }

                    """);
            }

            WriteMembers(writer, outline.Layers, outline.Inputs, outline.Outputs is null ? Tensor : "Output");
            if (outline.Outputs is { } outputs)
            {
                writer.Line();
                writer.Write("/// <summary>Unknown.</summary>");
                foreach (var name in outputs)
                    writer.Write($"/// <param name=\"{LayerName.Of(name).Member}\">Unknown.</param>");
                writer.Write($$"""
                    public readonly record struct Output({{string.Join(", ", outputs.Select(name => $"{Tensor} {LayerName.Of(name).Member}"))}}) : global::System.IDisposable
                    {
                        /// <summary>Does nothing.</summary>
                        public void Dispose()
                        {
                        }
                    }
                    """);
            }

            foreach (var module in outline.Modules)
                WriteModule(writer, module);
        });
    }

    private static void WriteModule(CodeWriter writer, ModuleOutline module)
    {
        writer.Line();
        writer.Write($"/// <summary>A part of the network.</summary>");
        writer.Write($"public sealed class {module.Type} : {ClassEmitter.Base(module.Inputs.Count, Tensor)}");
        using (writer.Braces())
        {
            writer.Write($"internal {module.Type}()");
            writer.Write($"    : base(\"{module.Type}\")");
            using (writer.Braces())
            {
            }

            writer.Line();
            WriteMembers(writer, module.Layers, module.Inputs, Tensor);
        }
    }

    private static void WriteMembers(CodeWriter writer, IReadOnlyList<LayerOutline> layers, IReadOnlyList<string> inputs, string output)
    {
        foreach (var layer in layers)
        {
            var type = layer.Words == LayerOutline.Repeat ? ModuleMember.RepeatedType(layer.Type) : layer.Type;
            writer.Write($$"""
                /// <summary><c>{{layer.Name.Key}}</c>: {{layer.Words}}.</summary>
                public {{type}} {{layer.Name.Member}} { get; } = null!;

                """);
        }

        var parameters = string.Join(", ", inputs.Select(input => $"{Tensor} {CSharpWord.Escape(input)}"));
        writer.Write($$"""
            /// <summary>Never runs.</summary>
            public override {{output}} forward({{parameters}}) => {{(output == Tensor ? CSharpWord.Escape(inputs[0]) : "default")}};
            """);
    }
}
