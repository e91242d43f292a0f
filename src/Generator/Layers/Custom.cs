using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Custom : LayerKind
{
    private static readonly Parameter<string> Type = Parameter.TypeName(
        "type", "The module's class with its namespace: a TorchSharp module from a tensor to a tensor").Such(SpecValue.Of("Shop.Layers.Swish"));
    private static readonly Parameter<IReadOnlyList<SpecValue>> Arguments = Parameter.Values("arguments", "What its constructor takes: numbers, flags and texts");
    private static readonly Parameter<IReadOnlyList<long>> Output = Parameter.Integers(
        "output", "The sizes of its output without the batch, checked once when the network is made", 1, fallbackWords: "the input's");

    public override string Keyword => "custom";

    public override string AttributeName => "Layer";

    public override string Stem => "custom";

    public override string Doc => "A module of one's own, [Layer<MyModule>(16, Output = [16, 14, 14])]: any shape to the declared one";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Type, Arguments, Output];

    public override bool HasAttribute => false;

    public override bool TakesAny => true;

    public override bool IsOwn => true;

    public override string TorchType => "global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>";

    // The module may be internal, which a public property could not be.
    public override string TorchAccess => "internal";

    public override string TorchFactory => "global::ModelGen.Torch.CustomLayer.Checked";

    public override Inference Infer(Settings settings, TensorShape input) =>
        settings.Has(Output) ? TensorShape.Of([.. settings.Get(Output)]) : input with { IsIndices = false };

    public override string TorchTypeFor(Settings settings) => "global::" + CSharpWord.EscapeNamespace(settings.Get(Type));

    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var output = Infer(settings, input).Shape!.Value;
        return
        [
            new("module", $"new {TorchTypeFor(settings)}({string.Join(", ", settings.Get(Arguments).Select(CSharpLiteral.Of))})", IsPositional: true),
            new("input", input.OfSample(), IsPositional: true),
            new("output", output.OfSample(), IsPositional: true),
            new("indices", input.IsIndices, IsDefault: !input.IsIndices),
        ];
    }
}
