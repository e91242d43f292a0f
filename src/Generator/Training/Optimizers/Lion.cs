using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Lion() : OptimizerKind(learningRate: 0.0001, weightDecay: 0, OptimizerParameters.Beta1(), OptimizerParameters.Beta2(0.99))
{
    public override string Keyword => "lion";

    public override string ClassName => "Lion";

    public override string Doc => "Lion, w -= rate sign(m) with a running mean m of the gradients; the decay shrinks the weights themselves, as AdamW's";

    public override string? Source => "arXiv:2302.06675";

    public override int States(Settings settings) => 1;

    protected override (double Most, string Why) UsualRate => (0.01, "each step would move every weight by as much");
}
