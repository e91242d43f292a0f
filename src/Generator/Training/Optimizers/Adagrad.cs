using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Adagrad() : OptimizerKind(learningRate: 0.01, weightDecay: 0, LrDecay, OptimizerParameters.Eps(1e-10), InitialAccumulatorValue)
{
    private static readonly Parameter<double> LrDecay = Parameter.Real(
        "lr_decay", "How much each step adds to what the learning rate is divided by, 1 + lr_decay (step - 1)", 0, 0);
    private static readonly Parameter<double> InitialAccumulatorValue = Parameter.Real("initial_accumulator_value", "What the sums of squares start from", 0, 0);

    public override string Keyword => "adagrad";

    public override string ClassName => "Adagrad";

    public override string Doc => "Adagrad, w -= rate g / (sqrt(s) + eps) with the sum s of all squares of gradients so far";

    public override int States(Settings settings) => 1;

    protected override (double Most, string Why) UsualRate => (1, "the first step would move every weight by as much");
}
