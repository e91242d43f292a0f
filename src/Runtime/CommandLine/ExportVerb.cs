using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ModelGen.Formats.Onnx;

namespace ModelGen.CommandLine;

/// <summary>The options that <c>export</c> has beside the weights: a file of each form, and how it is written.</summary>
internal sealed class ExportVerb
{
    /// <summary>The verb's name. A program has it where the spec asks for ONNX.</summary>
    public const string Name = "export";

    private static readonly string TakesOpset = FormattableString.Invariant($"a whole number from {OnnxOptions.LeastOpset} to {OnnxOptions.MostOpset}");

    private readonly Option<string?> _onnx = PathOption.Of("--onnx", "FILE", "Write the network with its weights into this file, as ONNX", ".onnx");

    private readonly Option<int?> _opset = new("--opset")
    {
        Description = FormattableString.Invariant($"ONNX's operator set, {OnnxOptions.LeastOpset} to {OnnxOptions.MostOpset} [default: {OnnxOptions.LeastOpset}]"),
        HelpName = "N",
        CustomParser = ReadOpset,
    };

    private readonly Option<bool> _foldBatchNorm = new("--fold-batch-norm")
    {
        Description = "Multiply batch norms into the layers before them",
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Gives the verb its options.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_onnx);
        verb.Add(_opset);
        verb.Add(_foldBatchNorm);
        verb.Validators.Add(given =>
        {
            if (given.GetResult(_onnx) is null)
                given.AddError($"{verb.Name} takes --onnx with the path of a file");
        });
    }

    /// <summary>The file that the command line names.</summary>
    public string FileOf(ParseResult parsed) => parsed.GetValue(_onnx)!;

    /// <summary>How it is to be written.</summary>
    public OnnxOptions OptionsOf(ParseResult parsed) =>
        new() { Opset = parsed.GetValue(_opset) ?? OnnxOptions.LeastOpset, FoldBatchNorm = parsed.GetValue(_foldBatchNorm) };

    /// <summary>What one of the options takes, as a sentence goes on after "takes"; null for another's option.</summary>
    public string? TakenBy(Option option) => option == _opset ? TakesOpset : null;

    private static int? ReadOpset(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= OnnxOptions.LeastOpset and <= OnnxOptions.MostOpset)
            return value;
        given.AddError($"--opset takes {TakesOpset}, not '{text}'");
        return null;
    }
}
