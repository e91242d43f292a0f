using System.Globalization;
using System.Runtime.InteropServices;
using ModelGen.Torch;

namespace ModelGen.Tool.Doctor;

/// <summary>The system below .NET: on Linux its C++ library decides whether TorchSharp loads.</summary>
internal static class SystemCheckup
{
    /// <summary>What TorchSharp 0.107's native part was built with.</summary>
    private const int Asked = 32;

    /// <summary>What libtorch and the rest of that part need in any case: GCC 12's.</summary>
    private const int Needed = 30;

    private const string Prefix = "GLIBCXX_3.4.";

    /// <summary>The lines.</summary>
    public static IEnumerable<Checkup> Lines()
    {
        yield return NativeFolders.Unsupported() is { } unsupported
            ? new Checkup(Health.Bad, "system", RuntimeInformation.OSDescription, unsupported)
            : new Checkup(Health.Good, "system", $"{RuntimeInformation.OSDescription}, {NativeFolders.PackageRid}");
        if (OperatingSystem.IsLinux())
            yield return LibStdCxx(NativeShim.Offered("libstdc++.so.6"), SharedObject.PathOf("libstdc++.so.6"));
    }

    /// <summary>The line of libstdc++.</summary>
    /// <param name="offered">The versions that it offers; null when it is not open.</param>
    /// <param name="path">Where it is.</param>
    internal static Checkup LibStdCxx(IReadOnlySet<string>? offered, string? path)
    {
        if (offered is null)
            return new Checkup(Health.Note, "libstdc++", "not loaded yet");
        var newest = offered.Where(version => version.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(version => int.TryParse(version[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .DefaultIfEmpty().Max();
        var found = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{newest} in {path}");
        return newest switch
        {
            >= Asked => new Checkup(Health.Good, "libstdc++", found),
            >= Needed => new Checkup(Health.Good, "libstdc++", $"{found}: TorchSharp asks for {Prefix}{Asked}, which ModelGen makes up for"),
            _ => new Checkup(Health.Bad, "libstdc++", found, "run on Debian 12, Ubuntu 22.04 or newer, or put a newer libstdc++.so.6 on LD_LIBRARY_PATH."),
        };
    }
}
