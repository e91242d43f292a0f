using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;

namespace ModelGen.Tool.Specs;

/// <summary>The files that a command line names, read together, as a project's are: a block or a module may stand in another file than its network.</summary>
internal sealed class SpecFiles
{
    private SpecFiles(IReadOnlyList<DeclaredNetwork> networks, IReadOnlyList<Diagnostic> diagnostics) => (Networks, Diagnostics) = (networks, diagnostics);

    /// <summary>The networks, in the order of their files.</summary>
    public IReadOnlyList<DeclaredNetwork> Networks { get; }

    /// <summary>What the build would say of the files, in their order and by places.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Whether a network can't be built.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Reads files.</summary>
    /// <exception cref="ModelGenException">A file is not there, can't be read, or is neither a <c>.model.json</c> file nor C#.</exception>
    public static SpecFiles Read(IReadOnlyList<string> paths)
    {
        var texts = paths.Distinct(StringComparer.Ordinal).Select(path => (Path: path, Text: TextOf(path))).ToList();
        return Of(texts);
    }

    /// <summary>The same for texts that are no files yet.</summary>
    public static SpecFiles Of(IReadOnlyList<(string Path, string Text)> texts)
    {
        var networks = new List<DeclaredNetwork>();
        var diagnostics = new List<Diagnostic>();
        foreach (var (path, text) in texts.Where(file => JsonFile.IsSpec(file.Path)))
        {
            var (network, said) = JsonFile.Read(path, text);
            networks.AddRange(network is null ? [] : [network]);
            diagnostics.AddRange(said);
        }

        var sources = texts.Where(file => !JsonFile.IsSpec(file.Path)).ToList();
        if (sources.Count > 0)
        {
            var files = new CSharpFiles(sources);
            networks.AddRange(files.Networks());
            diagnostics.AddRange(files.Diagnostics());
        }

        diagnostics.AddRange(Duplicates(networks));
        var order = texts.Select(file => file.Path).ToList();
        return new SpecFiles(
            [.. networks.OrderBy(network => order.IndexOf(network.Path))],
            [.. diagnostics.OrderBy(diagnostic => order.IndexOf(diagnostic.Location.GetLineSpan().Path))
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)]);
    }

    /// <summary>The one network that the files declare, or the one of several that <paramref name="name"/> chooses.</summary>
    /// <exception cref="ModelGenException">There is none, or there are several.</exception>
    public DeclaredNetwork Only(string? name)
    {
        var known = string.Join(", ", Networks.Select(network => network.Spec.Name));
        var chosen = Networks.Where(network => name is null || network.Spec.Name == name || network.Spec.FullName == name).ToList();
        return chosen.Count switch
        {
            1 => chosen[0],
            0 when Networks.Count == 0 => throw new ModelGenException(
                "The files declare no network: name a .model.json file, or a C# file with a class that has [Model]."),
            0 => throw new ModelGenException($"The files declare no network '{name}': they declare {known}."),
            _ => throw new ModelGenException($"The files declare several networks: choose one of {known} with --network."),
        };
    }

    // Of two specs of one class neither is compiled: the generator alone sees both.
    private static IEnumerable<Diagnostic> Duplicates(IReadOnlyList<DeclaredNetwork> networks)
    {
        var doubled = CheckedSpec.Duplicates(networks.Select(network => network.Spec.FullName));
        return networks.Where(network => doubled.Contains(network.Spec.FullName)).Select(network =>
            DiagnosticReporter.InFile(Finding.Of(Rules.DuplicateModel, "name", network.Spec.FullName), network.Map));
    }

    private static string TextOf(string path)
    {
        if (!JsonFile.IsSpec(path) && !path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
            throw new ModelGenException($"'{path}' is neither a .model.json file nor a C# file (.cs): name one of these.");
        if (!File.Exists(path))
            throw new ModelGenException($"There is no file '{path}': name a .model.json file, or a C# file with a network.");
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"'{path}' can't be read: {error.Message}", error);
        }
    }
}
