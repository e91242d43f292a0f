using System.Runtime.CompilerServices;

namespace ModelGen.Tests;

/// <summary>Keeps what tests cache out of the home of whoever runs them.</summary>
internal static class CacheHome
{
    [ModuleInitializer]
    internal static void Move()
    {
        var folder = Directory.CreateTempSubdirectory("modelgen-test-cache-").FullName;
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
