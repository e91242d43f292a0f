using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Adam() : OptimizerKind(
    learningRate: 0.001, weightDecay: 0, OptimizerParameters.Beta1(), OptimizerParameters.Beta2(0.999), OptimizerParameters.Eps(1e-8))
{
    public override string Keyword => "adam";

    public override string ClassName => "Adam";

    public override string Doc => "Adam, w -= rate m / (sqrt(v) + eps) with the corrected running means m of the gradients and v of their squares";

    public override int States(Settings settings) => 2;

    protected override (double Most, string Why) UsualRate => (0.1, "each step would move every weight by about as much");
}
