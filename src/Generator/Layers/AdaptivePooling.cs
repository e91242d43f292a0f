using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What pools share whose output has a size of its own, whatever the input's is.</summary>
internal abstract class AdaptivePooling : LayerKind
{
    private readonly int _directions;

    protected AdaptivePooling(int directions)
    {
        _directions = directions;
        OutputSize = Parameter.Size("output_size", directions == 1 ? "The output's length" : "The output's height and width", 1, positional: true, directions: directions);
        Parameters = [OutputSize];
    }

    public override string Stem => "pool";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override bool SeesAll => true;

    protected Parameter<Size> OutputSize { get; }

    public override Inference Infer(Settings settings, TensorShape input) => input.Rank == _directions + 2
        ? TensorShape.Of([input[0], .. settings.Get(OutputSize).Values])
        : Inference.WrongRank(Layers.Window.Taken(_directions));

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("output_size", settings.Get(OutputSize))];
}
