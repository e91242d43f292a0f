namespace ModelGen.Layers;

internal sealed class BatchNorm2d : BatchNormalisation
{
    public override string Keyword => "batch_norm2d";

    public override string AttributeName => "BatchNorm2d";

    public override string Doc => "Batch normalisation of each channel: [N, C, H, W] to the same shape";

    public override bool FusesWithConvolution(Settings settings) => TracksRunningStats(settings);

    protected override (bool IsTaken, string Taken) Takes(int rank) => (rank == 4, "[N, C, H, W]");
}
