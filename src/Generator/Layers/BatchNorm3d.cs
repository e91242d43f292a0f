using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class BatchNorm3d : BatchNormalisation
{
    public override string Keyword => "batch_norm3d";

    public override string AttributeName => "BatchNorm3d";

    public override string Doc => "Batch normalisation of each channel: [N, C, D, H, W] to the same shape";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8, 8, 8);

    protected override (bool IsTaken, string Taken) Takes(int rank) => (rank == 5, "[N, C, D, H, W]");
}
