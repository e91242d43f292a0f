using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Sgd() : OptimizerKind(learningRate: 0.01, more: [Momentum, Nesterov])
{
    private static readonly Parameter<double> Momentum = OptimizerParameters.Momentum();
    private static readonly Parameter<bool> Nesterov = Parameter.Flag(
        "nesterov", "Whether the gradient is taken ahead of the momentum, w -= rate (g + momentum b)", false);

    public override string Keyword => "sgd";

    public override string ClassName => "SGD";

    public override string Doc => "Stochastic gradient descent, b = momentum b + g and w -= rate b";

    public override int States(Settings settings) => settings.Get(Momentum) > 0 ? 1 : 0;

    protected override (double Most, string Why) UsualRate => (1, "each step of SGD would be longer than the gradient itself");

    public override IEnumerable<Finding> Check(Settings settings) => settings.Get(Nesterov) && settings.Get(Momentum) == 0
        ? base.Check(settings).Append(Conflict.Of(Nesterov, $"'{Nesterov.Name}' looks ahead along the {Momentum.Name}, and that is 0"))
        : base.Check(settings);
}
