using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen.CommandLine;

/// <summary>What libtorch says of a CUDA device's memory when it runs out.</summary>
/// <param name="Total">The device's bytes.</param>
/// <param name="Free">Those that nobody has.</param>
/// <param name="Usable">Those that this process has for tensors, and the free ones: what another batch size can take.</param>
internal sealed partial record DeviceMemory(long Total, long Free, long Usable)
{
    /// <summary>Reads libtorch's message; null where it has no such words.</summary>
    /// <param name="message">Such as <c>CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB of which 11.06 MiB is free. …</c>.</param>
    public static DeviceMemory? Read(string message)
    {
        if (Capacity().Match(message) is not { Success: true } capacity)
            return null;
        var (total, free) = (Bytes(capacity.Groups[1]), Bytes(capacity.Groups[2]));
        var own = Own().Match(message);
        return new(total, free, own.Success ? free + Bytes(own.Groups[1]) + Bytes(own.Groups[2]) : total);
    }

    /// <summary>Bytes as libtorch writes them: <c>11.06 MiB</c>.</summary>
    public static string Describe(long bytes)
    {
        string[] units = ["bytes", "KiB", "MiB", "GiB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? $"{bytes}" : value.ToString("F2", CultureInfo.InvariantCulture))} {units[unit]}");
    }

    private static long Bytes(Group amount)
    {
        var words = amount.Value.Split(' ');
        var shift = words[1] switch { "KiB" => 10, "MiB" => 20, "GiB" => 30, _ => 0 };
        return (long)(double.Parse(words[0], CultureInfo.InvariantCulture) * (1L << shift));
    }

    // c10's CUDACachingAllocator.cpp writes the message; before PyTorch 2.2 it had "capacty".
    [GeneratedRegex(
        @"total capac\w+ of (\d+(?:\.\d+)? (?:bytes|KiB|MiB|GiB)) of which (\d+(?:\.\d+)? (?:bytes|KiB|MiB|GiB)) is free",
        RegexOptions.CultureInvariant)]
    private static partial Regex Capacity();

    [GeneratedRegex(
        @"Of the allocated memory (\d+(?:\.\d+)? (?:bytes|KiB|MiB|GiB)) is allocated by PyTorch.* (\d+(?:\.\d+)? (?:bytes|KiB|MiB|GiB)) is reserved by PyTorch but unallocated",
        RegexOptions.CultureInvariant)]
    private static partial Regex Own();
}
