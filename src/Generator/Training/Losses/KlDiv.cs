using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class KlDiv : LossKind
{
    public override string Keyword => "kl_div";

    public override string Doc =>
        "Kullback-Leibler divergence of each sample, the sum of target (ln(target) - output), PyTorch's batchmean; the network ends with log_softmax";

    public override TaskKind Task => TaskKind.Distribution;

    public override string Probabilities => "output.exp()";

    public override string? KernelInterface => null;

    public override string KernelProbabilities => "Exp";

    protected override string TorchFunction => "kl_div";

    protected override string Head => "log_softmax";

    public override string Call(Settings settings) => $"global::ModelGen.Torch.Distributions.Divergence({string.Join(", ", Operands)})";
}
