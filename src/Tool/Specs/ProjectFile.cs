using System.Xml;
using System.Xml.Linq;

namespace ModelGen.Tool.Specs;

/// <summary>The project that a file belongs to: the nearest <c>.csproj</c> in its folder or above. It is read as text, nothing of it is evaluated.</summary>
internal static class ProjectFile
{
    /// <summary>The project's path, or null when there is none.</summary>
    public static string? Of(string path)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.csproj").Order(StringComparer.Ordinal).FirstOrDefault() is { } project)
                return project;
        }

        return null;
    }

    /// <summary>The namespace of specs that give none: the project's, as MSBuild has it. Without a project it is the global one.</summary>
    public static string RootNamespaceOf(string path)
    {
        if (Of(path) is not { } project)
            return "";
        var stated = Read(project).FirstOrDefault(element => element.Name.LocalName == "RootNamespace")?.Value.Trim();
        // What MSBuild would have to work out is taken for the default.
        var isPlain = !string.IsNullOrEmpty(stated) && !stated.Contains('$', StringComparison.Ordinal);
        return isPlain ? stated! : Path.GetFileNameWithoutExtension(project).Replace(' ', '_');
    }

    /// <summary>
    /// Whether a project's networks are all compiled to C#, as docs/csharp.md has it: <c>ModelGenTorch</c> is false, or nothing of TorchSharp's package is taken.
    /// </summary>
    /// <exception cref="ModelGenException">It can't be read.</exception>
    public static bool LeavesTorchOut(string project) => Read(project).Any(element => element.Name.LocalName switch
    {
        "ModelGenTorch" => element.Value.Trim().Equals("false", StringComparison.OrdinalIgnoreCase),
        "PackageReference" => (string?)element.Attribute("Include") == "TorchSharp" && (string?)element.Attribute("ExcludeAssets") == "all",
        _ => false,
    });

    private static IEnumerable<XElement> Read(string project)
    {
        try
        {
            return XDocument.Load(project).Descendants();
        }
        catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"The project '{project}' can't be read: {error.Message}", error);
        }
    }
}
