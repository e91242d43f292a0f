using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class BatchNorm1d : BatchNormalisation
{
    public override string Keyword => "batch_norm1d";

    public override string AttributeName => "BatchNorm1d";

    public override string Doc => "Batch normalisation of each feature or channel: [N, C] or [N, C, L] to the same shape";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);

    protected override (bool IsTaken, string Taken) Takes(int rank) => (rank is 2 or 3, "[N, C] or [N, C, L]");
}
