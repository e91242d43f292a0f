using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>
/// Writes the public surface of a network whose spec has mistakes, so that the code that uses it does not fail as well. The build fails
/// by the mistakes themselves; what stands in the bodies never runs.
/// </summary>
internal static class OutlineEmitter
{
    private const string Tensor = "global::TorchSharp.torch.Tensor";

    public static GeneratedFile Emit(ModelSpec spec, ModelOutline outline)
    {
        const string Doc = "/// <summary>The spec of this network has mistakes. Until they are mended this outline stands for it.</summary>";
        return GeneratedFile.Of(spec, "Module", (writer => writer.Write(Doc), $" : global::TorchSharp.torch.nn.Module<{Tensor}, {Tensor}>"), torchExtensions: false, writer =>
        {
            writer.Write($$"""
                /// <summary>Unknown.</summary>
                public const long ParameterCount = 0;

                /// <summary>Unknown.</summary>
                public const long MultiplyAdds = 0;

                /// <summary>Unknown.</summary>
                public const string Summary = "";

                /// <summary>Unknown.</summary>
                public static global::System.ReadOnlySpan<long> InputShape => [];

                /// <summary>Unknown.</summary>
                public static global::System.ReadOnlySpan<long> OutputShape => [];

                /// <summary>Refuses to run, should the mistakes have been silenced.</summary>
                /// <exception cref="global::ModelGen.ModelGenException">Always.</exception>
                public {{CSharpWord.EscapeType(spec.Name)}}()
                    : base("{{spec.Name}}") => throw new global::ModelGen.ModelGenException(
                        "The spec of {{spec.Name}} has mistakes, so there is no network: build with analyzers on and mend what they say.");

                """);
            foreach (var (kind, name) in outline.Layers)
            {
                writer.Write($$"""
                    /// <summary><c>{{name.Key}}</c>: {{kind.Keyword}}.</summary>
                    public global::TorchSharp.Modules.{{kind.AttributeName}} {{name.Member}} { get; } = null!;

                    """);
            }

            writer.Write($$"""
                /// <summary>Never runs.</summary>
                public override {{Tensor}} forward({{Tensor}} input) => input;
                """);
        });
    }
}
