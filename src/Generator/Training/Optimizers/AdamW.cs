using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class AdamW() : OptimizerKind(
    learningRate: 0.001, weightDecay: 0.01, OptimizerParameters.Beta1(), OptimizerParameters.Beta2(0.999), OptimizerParameters.Eps(1e-8))
{
    public override string Keyword => "adamw";

    public override string ClassName => "AdamW";

    public override string Member => ClassName;
    public override string Doc => "Adam whose decay shrinks the weights themselves, w *= 1 - rate decay, and not by way of the gradient";

    public override int States(Settings settings) => 2;

    protected override (double Most, string Why) UsualRate => (0.1, "each step would move every weight by about as much");
}
