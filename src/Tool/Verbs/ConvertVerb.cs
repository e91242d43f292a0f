using System.CommandLine;
using ModelGen.CommandLine;
using ModelGen.Emit;
using ModelGen.Reporting;
using ModelGen.Specs;
using ModelGen.Tool.Specs;
using ModelGen.Tool.Writing;

namespace ModelGen.Tool.Verbs;

/// <summary><c>convert FILE</c>: the same network in the other form of spec.</summary>
internal static class ConvertVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var target = PathOption.Of("--out", "FILE", "The new file [default: NAME.cs or NAME.model.json beside the old one]");
        var verb = new Command("convert", "Write a network's attributes as JSON, or its JSON as attributes; comments stay behind") { target };
        var spec = new SpecArguments(verb);
        verb.SetAction(parsed => spec.With(parsed, terminal, network =>
        {
            var (ending, form) = network.IsAttributes ? (JsonSpecReader.FileEnding, "a spec in JSON") : (".cs", "a C# file");
            var path = parsed.GetValue(target) ?? Path.Combine(Path.GetDirectoryName(network.Path) ?? "", network.Spec.Name + ending);
            if (!path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                throw new ModelGenException($"'{path}' is not the name of {form}: end it with {ending}.");
            NewFile.Write(path, Converted(network, path));
            var old = network.IsAttributes ? $"the attributes from {network.Path}" : network.Path;
            terminal.Out.Write($"{path}\nBoth files declare {network.Spec.FullName} now: remove {old}.\n");
        }));
        return verb;
    }

    /// <summary>The network in the other form, proved to be the same: both give the same code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The new file, whose folder and name count.</param>
    /// <exception cref="ModelGenException">The other form can't say it.</exception>
    internal static string Converted(DeclaredNetwork network, string path)
    {
        var text = network.IsAttributes ? JsonOf(network.Spec, path) : AttributeSpecWriter.Write(network.Spec);
        var again = SpecFiles.Of([(path, text)]);
        // A module of the user's own is not among the files; without it, the class is only named.
        var same = again.Networks.Count == 1 && CodeOf(network).SequenceEqual(CodeOf(again.Networks[0]));
        return same ? text : throw new ModelGenException(
            $"'{network.Spec.FullName}' has no equal in the other form: keep it as it is, and report it with the file ({network.Path}).");
    }

    /// <summary>A spec as a <c>.model.json</c> file at a path.</summary>
    internal static string JsonOf(ModelSpec spec, string path)
    {
        var project = ProjectFile.Of(path);
        var schema = project is null ? null : Path.GetRelativePath(
            Path.GetDirectoryName(Path.GetFullPath(path))!, Path.Combine(Path.GetDirectoryName(project)!, "obj", "model.schema.json")).Replace('\\', '/');
        var name = Path.GetFileName(path);
        return JsonSpecWriter.Write(
            spec, name[..^JsonSpecReader.FileEnding.Length], ProjectFile.RootNamespaceOf(path), schema is null || schema.StartsWith('.') ? schema : "./" + schema);
    }

    // The name of the source, which the head of each file has, is made one.
    private static IEnumerable<string> CodeOf(DeclaredNetwork network) =>
        Backends.Emit(network.Spec with { SourceName = "" }, network.Model).Select(file => $"{file.HintName}\n{file.Text}");
}
