using System.Globalization;

namespace ModelGen.Training;

/// <summary>How a person names the device to compute on: <c>auto</c>, <c>cpu</c>, <c>cuda</c> (the first one) or <c>cuda:n</c>.</summary>
internal static class DeviceName
{
    /// <summary>The names, as they stand in a sentence.</summary>
    public const string Choices = "auto, cpu, cuda or cuda:N";

    /// <summary>Whether the name is one of these; there may be no such device.</summary>
    public static bool IsValid(string name) => name is "auto" or "cpu" || CudaIndex(name) is not null;

    /// <summary>The index in <c>cuda</c> (0) or <c>cuda:n</c>, or null for any other name.</summary>
    public static int? CudaIndex(string name)
    {
        if (name == "cuda")
            return 0;
        return name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan("cuda:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
