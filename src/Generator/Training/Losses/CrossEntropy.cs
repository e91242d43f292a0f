using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class CrossEntropy() : ClassLoss(LabelSmoothing)
{
    private static readonly Parameter<double> LabelSmoothing = Parameter.Real(
        "label_smoothing", "The share of each label that is spread over all classes, so that the network need not become certain", 0, 0, max: 1, belowMax: true);

    public override string Keyword => "cross_entropy";

    public override string Doc => "log_softmax and negative log likelihood in one; the network ends with linear";

    public override bool IsUsual => true;

    public override string Probabilities => "output.softmax(1)";

    // Scores that sigmoid keeps between 0 and 1 can't make a class certain.
    public override string[] Applies => ["log_softmax", "softmax", "sigmoid"];

    public override string KernelProbabilities => "Softmax";

    public override IEnumerable<string> KernelConstants(Settings settings, long outputs) =>
        [.. base.KernelConstants(settings, outputs), $"public static double LabelSmoothing => {CSharpLiteral.Of(settings.Get(LabelSmoothing))};"];

    protected override string TorchFunction => "cross_entropy";
}
