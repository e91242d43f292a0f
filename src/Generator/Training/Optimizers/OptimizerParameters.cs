using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>Settings that several optimizers take, each with its own default.</summary>
internal static class OptimizerParameters
{
    public static Parameter<double> Momentum() => Parameter.Real("momentum", "The share of the last step that the next one keeps", 0, 0, max: 1, belowMax: true);

    public static Parameter<double> Beta1() => Parameter.Real("beta1", "How much of the gradients' running mean stays at each step", 0, 0.9, max: 1, belowMax: true);

    public static Parameter<double> Beta2(double fallback) =>
        Parameter.Real(
            "beta2", "How much of the second running mean stays at each step, of the squares' or Lion's of the gradients",
            0, fallback, max: 1, belowMax: true);

    public static Parameter<double> Eps(double fallback) => Parameter.Real("eps", "Added to a divisor, to keep it from zero", 0, fallback, open: true);
}
