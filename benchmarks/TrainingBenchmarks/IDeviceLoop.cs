namespace TrainingBenchmarks;

/// <summary>A training program on a device that computes beside the host.</summary>
internal interface IDeviceLoop : ITrainingLoop
{
    /// <summary>
    /// The seconds that the device computes for a step. A long product of matrices is queued first, so that the steps are queued when their turn comes and no
    /// host delays them; its own time is subtracted.
    /// </summary>
    /// <param name="steps">Steps of the first epoch: so few that their kernels fit into the driver's queue, which is about a thousand.</param>
    /// <param name="block">The size of the matrices.</param>
    public double DeviceSeconds(int steps, int block);
}
