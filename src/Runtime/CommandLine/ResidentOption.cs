using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>How <c>--resident</c> is written, and what follows from it.</summary>
internal static class ResidentOption
{
    /// <summary>The bytes up to which a set lives on a CUDA device by itself: little beside what training takes there, and more than CIFAR or MNIST have.</summary>
    public const long AutoBytes = 2L << 30;

    private static readonly (string Word, Residence Residence)[] Known = [("auto", Residence.Auto), ("on", Residence.On), ("off", Residence.Off)];

    /// <summary>What the option takes in a network that has <paramref name="options"/>.</summary>
    public static string Takes(TrainingOptions options) => options.CanReside
        ? "auto, on or off"
        : "auto or off (augmented images and rows are prepared on the host)";

    /// <summary>The same for <c>--help</c>.</summary>
    public static string Choices(TrainingOptions options) => options.CanReside
        ? FormattableString.Invariant($"on, off, or auto: on CUDA, up to {AutoBytes >> 30} GiB")
        : "not in this network, which prepares them on the host";

    /// <summary>Reads a word that <see cref="Takes"/> has.</summary>
    public static bool TryRead(TrainingOptions options, string text, out Residence residence)
    {
        var known = Array.FindIndex(Known, known => known.Word == text);
        residence = known < 0 ? default : Known[known].Residence;
        return known >= 0 && (residence != Residence.On || options.CanReside);
    }

    /// <summary>The word for a value; a value that is none has its number.</summary>
    public static string Of(Residence residence) => Known.FirstOrDefault(known => known.Residence == residence).Word ?? residence.ToString("D");

    /// <summary>Whether a set of so many bytes lives on the device.</summary>
    /// <exception cref="ModelGenException">It shall, and can't.</exception>
    public static bool Resides(TrainingOptions options, long bytes, bool onCuda) => options.Resident switch
    {
        Residence.On when !options.CanReside => throw new ModelGenException($"Resident is on, but takes {Takes(options)}."),
        Residence.On => true,
        Residence.Auto => options.CanReside && onCuda && bytes <= AutoBytes,
        _ => false,
    };
}
