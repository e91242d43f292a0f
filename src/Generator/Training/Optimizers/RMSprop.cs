using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class RMSprop() : OptimizerKind(learningRate: 0.01, weightDecay: 0, Alpha, OptimizerParameters.Eps(1e-8), Momentum, Centered)
{
    private static readonly Parameter<double> Alpha = Parameter.Real(
        "alpha", "How much of the squares' running mean stays at each step", 0, 0.99, max: 1, belowMax: true);
    private static readonly Parameter<double> Momentum = OptimizerParameters.Momentum();
    private static readonly Parameter<bool> Centered = Parameter.Flag("centered", "Whether the square of the gradients' running mean is taken off the squares'", false);

    public override string Keyword => "rmsprop";

    public override string ClassName => "RMSprop";

    public override string Member => ClassName;

    public override string Doc => "RMSprop, w -= rate g / (sqrt(v) + eps) with the running mean v of the gradients' squares";

    public override int States(Settings settings) => 1 + (settings.Get(Momentum) > 0 ? 1 : 0) + (settings.Get(Centered) ? 1 : 0);

    protected override (double Most, string Why) UsualRate => (0.1, "each step would move every weight by about as much");
}
