using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>Settings that several schedules take.</summary>
internal static class ScheduleParameters
{
    /// <param name="fallback">Null where it must be given.</param>
    public static Parameter<double> Gamma(double? fallback) =>
        Parameter.Real("gamma", "What the learning rate is multiplied by, at each change or in each epoch", 0, fallback, max: 1, open: true);
}
