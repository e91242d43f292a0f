using System.CommandLine;
using ModelGen.CommandLine;
using ModelGen.Emit;
using ModelGen.Reporting;
using ModelGen.Tool.Specs;
using ModelGen.Tool.Writing;

namespace ModelGen.Tool.Verbs;

/// <summary><c>eject FILE --out DIR</c>: the generated code as files of one's own, which stand in the spec's place.</summary>
internal static class EjectVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var target = PathOption.Of("--out", "DIR", "The folder of the files; made if it is not there");
        target.Required = true;
        var plain = new Option<bool>("--no-optimize")
        {
            Description = "Leave every layer as the spec has it: no pass arranges the forward pass",
            Arity = ArgumentArity.Zero,
        };
        var verb = new Command("eject", "Write a network's code as files of your own, to go on by hand") { target, plain };
        var spec = new SpecArguments(verb);
        verb.SetAction(parsed => spec.With(parsed, terminal, network => Eject(network, parsed.GetRequiredValue(target)!, parsed.GetValue(plain), terminal)));
        return verb;
    }

    private static void Eject(DeclaredNetwork network, string folder, bool isPlain, Terminal terminal)
    {
        var files = FilesOf(network, isPlain).Select(file => (Path: Path.Combine(folder, file.Name), file.Text)).ToList();
        // Half a network does not compile.
        NewFile.Write([.. files.Select(file => (file.Path, (Action<string>)(path => NewFile.Write(path, file.Text))))]);
        foreach (var (path, _) in files)
            terminal.Out.Write($"{path}\n");

        terminal.Out.Write(network.IsAttributes
            ? $"Remove the attributes of {network.Spec.Name} from {network.Path}: these files are the network now.\n"
            : $"Remove {network.Path}: these files are the network now.\n");
    }

    /// <summary>The files of a network, as a person would name and write them.</summary>
    internal static IEnumerable<(string Name, string Text)> FilesOf(DeclaredNetwork network, bool isPlain)
    {
        var files = Backends.Emit(network.Spec, network.Model, isOptimized: !isPlain).ToList();
        return files.Select(file => NameOf(network, file)).Zip(ShortNames.Of([.. files.Select(TextOf)], network.IsAttributes ? [network.Text] : []));
    }

    private static string NameOf(DeclaredNetwork network, GeneratedFile file)
    {
        var part = file.HintName[(network.Spec.FullName.Length + 1)..^".g.cs".Length];
        return $"{network.Spec.Name}.{part}.cs";
    }

    /// <summary>The text without the head that says that a compiler wrote it, which ends where the code begins.</summary>
    internal static string TextOf(GeneratedFile file)
    {
        var text = file.Text.ToString();
        return text[text.IndexOf(ShortNames.Head, StringComparison.Ordinal)..];
    }
}
