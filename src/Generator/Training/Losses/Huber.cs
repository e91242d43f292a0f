using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Huber : NumberLoss
{
    private static readonly Parameter<double> Delta = Parameter.Real("delta", "The error above which the loss is linear", 0, 1, open: true);

    public override string Keyword => "huber";

    public override string Doc => "delta (e - delta / 2) of the error e = |output - target|, and e^2 / 2 where e is below delta";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Delta];

    public override string KernelInterface => "IHuber";

    public override IEnumerable<string> KernelConstants(Settings settings, long outputs) =>
        [.. base.KernelConstants(settings, outputs), $"public static double Delta => {CSharpLiteral.Of(settings.Get(Delta))};"];

    protected override string TorchFunction => "huber_loss";
}
