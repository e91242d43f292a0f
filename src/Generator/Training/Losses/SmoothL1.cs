using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class SmoothL1 : NumberLoss
{
    private static readonly Parameter<double> Beta = Parameter.Real("beta", "The error below which the loss is quadratic", 0, 1, open: true);

    public override string Keyword => "smooth_l1";

    public override string Doc => "The error e = |output - target| less beta / 2, and e^2 / (2 beta) where e is below beta";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Beta];

    public override string KernelInterface => "ISmoothL1";

    public override IEnumerable<string> KernelConstants(Settings settings, long outputs) =>
        [.. base.KernelConstants(settings, outputs), $"public static double Beta => {CSharpLiteral.Of(settings.Get(Beta))};"];

    protected override string TorchFunction => "smooth_l1_loss";
}
