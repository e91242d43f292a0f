namespace ModelGen.Layers;

/// <summary>Batch normalisation over each channel, of signals, images or volumes.</summary>
internal abstract class BatchNormalisation() : ChannelNormalisation(affine: true, trackRunningStats: true)
{
    public override string Stem => "bn";

    public override bool OutputMayBeOverwritten => true;

    public override LayerTraits Traits => LayerTraits.BatchNorm;
}
