using System.CommandLine;
using ModelGen.CommandLine;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Reporting;
using ModelGen.Specs;
using ModelGen.Tool.Import;
using ModelGen.Tool.Specs;

namespace ModelGen.Tool.Verbs;

/// <summary><c>import onnx FILE</c>: a spec and its weights of another program's network.</summary>
internal static class ImportVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "The .onnx file" };
        var folder = PathOption.Of("--out", "DIR", "Folder of NAME.model.json and NAME.safetensors, made if it is not there [default: the file's]");
        var onnx = new Command("onnx", "Import a graph of ONNX whose nodes all are layers of the catalogue") { file, folder };
        onnx.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var (spec, weights) = Import(path, parsed.GetValue(folder) ?? Path.GetDirectoryName(path) ?? "");
            terminal.Out.Write($"{spec}\n{weights}\n");
        });
        return new Command("import", "Write a spec and its weights of another program's network") { onnx };
    }

    private static (string Spec, string Weights) Import(string path, string folder)
    {
        var name = NameOf(path);
        var (specPath, weightsPath) = (Path.Combine(folder, name + JsonSpecReader.FileEnding), Path.Combine(folder, name + ".safetensors"));
        NewFile.Require(specPath);
        NewFile.Require(weightsPath);
        OnnxModel.Map(path, model =>
        {
            var (spec, weights) = OnnxImport.Read(model, path, name, ProjectFile.RootNamespaceOf(specPath));
            var text = ConvertVerb.JsonOf(spec, specPath);
            var read = SpecFiles.Of([(specPath, text)]);
            if (read.HasErrors)
                throw new ModelGenException(
                    $"'{path}' can't be imported: its network has mistakes. {string.Join(" ", read.Diagnostics.Select(found => found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))}");
            // The spec is last: a build takes it up as soon as it is there.
            NewFile.Write([(weightsPath, path => SafetensorsFile.Write(path, weights)), (specPath, path => NewFile.Write(path, text))]);
            return 0;
        });
        return (specPath, weightsPath);
    }

    // The class is called as the file is: resnet18.onnx is Resnet18.
    private static string NameOf(string path)
    {
        var name = SpecNames.ToPascalCase(ImportedNetwork.Word(Path.GetFileNameWithoutExtension(path)));
        return ModelGen.Graph.LayerNaming.ObjectionToClass(name, ModelGen.Specs.Backend.Torch) is null ? name : name + "Net";
    }
}
