using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>What the same program says differently for each backend.</summary>
/// <param name="Namespace">The namespace of the backend's part of the runtime.</param>
/// <param name="Owned">What declares a network: TorchSharp's are freed.</param>
/// <param name="Parameters">The expression that gives the parameters of <c>_model</c>.</param>
/// <param name="Device">What <c>Data</c> takes beside images and options, as an argument.</param>
/// <param name="DeviceName">The expression that names the device of <c>trainer</c>.</param>
internal sealed record BackendWords(string Namespace, string Owned, string Parameters, string Device, string DeviceName)
{
    public static BackendWords Torch { get; } = new(
        "global::ModelGen.Torch.", "using var", "_model.named_parameters()", ", trainer.Device", "global::ModelGen.Torch.TorchDevice.Record(trainer.Device)");

    public static BackendWords CSharp { get; } = new("global::ModelGen.Cpu.", "var", "_model.Parameters", "", "global::ModelGen.Cpu.Processor.Describe(trainer.Workers)");

    public bool IsTorch => ReferenceEquals(this, Torch);

    /// <summary>What the program's command line takes <c>--libtorch</c> for.</summary>
    public IReadOnlyList<string> LibTorch => IsTorch ? ["UseLibTorch = global::ModelGen.Torch.LibTorch.Use,"] : [];

    /// <summary>What a file that computes is written with.</summary>
    public IReadOnlyList<string> Usings => IsTorch ? ["TorchSharp"] : [];

    public static BackendWords Of(Backend backend) => backend == Backend.CSharp ? CSharp : Torch;

    /// <summary>The method of a program that makes the network as its <c>options</c> describe it.</summary>
    /// <param name="writer">Writes it.</param>
    /// <param name="type">The network's class.</param>
    public void WriteCreation(CodeWriter writer, string type)
    {
        IReadOnlyList<string> configure = IsTorch
            ? ["global::ModelGen.Torch.LibTorch.Configure(options.Threads, options.Seed, options.Tf32, options.Deterministic);"]
            : [];
        IReadOnlyList<string> load =
        [
            $"foreach (var note in {Namespace}Weights.Load(model, options.Load, options.StripPrefix, options.Partial))",
            "    global::System.Console.WriteLine(note);",
            "return model;",
        ];
        if (IsTorch)
            load = ["try", "{", .. load.Select(line => "    " + line), "}", "catch", "{", "    model.Dispose();", "    throw;", "}"];
        writer.Write($$"""
            private static {{type}} Create(Options options)
            {
                Options.Check(options);
                {{configure}}
                var model = new {{type}}({{(IsTorch ? "" : "options.Seed")}});
                if (options.Load is null)
                    return model;
                {{load}}
            }
            """);
    }
}
