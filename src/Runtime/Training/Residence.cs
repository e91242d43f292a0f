namespace ModelGen.Training;

/// <summary>Whether the images of a run live on the device, all of them at one byte per value.</summary>
public enum Residence
{
    /// <summary>On CUDA, as far as a set has at most 2 GiB; nowhere else.</summary>
    Auto,

    /// <summary>On every device, whatever the size.</summary>
    On,

    /// <summary>Nowhere: each batch comes from the host.</summary>
    Off,
}
