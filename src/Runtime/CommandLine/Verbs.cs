using System.CommandLine;
using System.CommandLine.Parsing;
using ModelGen.Data;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>The verbs of a generated model's command line, what each takes, and what to do for it.</summary>
internal sealed class Verbs
{
    private const string DefaultVerb = "train";
    private const string DownloadOption = "--download";

    private static readonly ParserConfiguration Configuration = new()
    {
        // Options have one spelling, and "@photo.png" is an image.
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    private readonly RootCommand _root;
    private readonly IProgramRun _program;
    private readonly TrainingSettings _settings;
    private readonly string _downloadTakes;
    private readonly LearningRateVerb _search = new();
    private readonly ExportVerb _export = new();

    // How many arguments stand behind "--": they are no options, whatever they begin with.
    private int _behindDashes;

    /// <summary>Which libtorch computes: none of a run's settings, because a run goes on elsewhere with another one.</summary>
    private readonly Option<string?> _libTorch = PathOption.Of(
        "--libtorch", "DIR", "Folder of a libtorch of your own, such as torch/lib of a Python install; without it, MODELGEN_LIBTORCH's, or the one beside the program");

    /// <summary>Creates the verbs of a program.</summary>
    public Verbs(IProgramRun program)
    {
        _program = program;
        var sample = program.Sample;
        _settings = new TrainingSettings(program.Defaults, sample);
        // An image is a file of its own; rows share one.
        var isFile = sample != "row";
        SampleFile = isFile ? sample : "CSV file";
        _root = new RootCommand(
            $"{program.Name}{program.Choice}, a generated neural network. Without a verb it trains. MODELGEN_TRACE=1 in the environment prints where an error comes from.");
        foreach (var version in _root.Options.OfType<VersionOption>().ToList())
            _root.Options.Remove(version);
        // Only for --help: arguments without a verb are parsed as those of train.
        var training = new TrainVerb(_settings, program.Name);
        foreach (var option in _settings.Train.Select(setting => setting.Option).Concat(training.Options))
            _root.Add(option);
        if (program.TakesLibTorch)
            _root.Add(_libTorch);

        var trainVerb = Add(DefaultVerb, "Train the network", _settings.Train, (options, parsed) => program.Train(training.OptionsOf(options, parsed)));
        foreach (var option in training.Options)
            trainVerb.Add(option);
        Add("eval", "Test trained weights", _settings.Evaluate, (options, _) => program.Evaluate(options));
        var paths = new Argument<string[]>(isFile ? sample : "file") { Description = $"The paths of {SampleFile}s", Arity = ArgumentArity.OneOrMore };
        paths.Validators.Add(RefuseOtherThanPaths);
        Add(
            "predict",
            $"Say what the network predicts for {sample}s",
            _settings.Predict,
            (options, parsed) => program.Predict(options, parsed.GetRequiredValue(paths))).Add(paths);
        _search.AddTo(Add(
            "lr-find",
            "Find a learning rate to train with",
            _settings.Search,
            (options, parsed) => program.FindLearningRate(options, _search.RangeOf(parsed))));
        var mermaid = new Option<bool>("--mermaid") { Description = "Print the graph as a Mermaid diagram instead", Arity = ArgumentArity.Zero };
        var svg = PathOption.Of("--svg", "FILE", "Write the graph as a drawing into this file instead", ".svg");
        var summary = Add("summary", "Print the network's layers", [], (_, parsed) => program.Summarize(parsed.GetValue(mermaid), parsed.GetValue(svg)));
        summary.Add(mermaid);
        summary.Add(svg);
        if (program.Exports)
            _export.AddTo(Add(
                ExportVerb.Name,
                "Write the network for other programs",
                _settings.Export,
                (options, parsed) => program.Export(options, _export.FileOf(parsed), _export.OptionsOf(parsed))));
        _downloadTakes = KnownDataSet.Choices(program.DataSets);
        AddData();
    }

    /// <summary>What <c>predict</c> takes the paths of: <c>image</c>, <c>CSV file</c>.</summary>
    public string SampleFile { get; }

    /// <summary>Parses the arguments; <see cref="UsageError"/> says what is wrong with them.</summary>
    public ParseResult Parse(IReadOnlyList<string> args)
    {
        _behindDashes = args.SkipWhile(arg => arg != "--").Skip(1).Count();
        var withoutVerb = args.Count == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?"));
        return CommandLineParser.Parse(_root, withoutVerb ? [DefaultVerb, .. args] : args, Configuration);
    }

    /// <summary>What an option takes, as a sentence goes on after "takes".</summary>
    public string TakenBy(Option option) => option.Name == DownloadOption
        ? _downloadTakes
        : _settings.Train.SingleOrDefault(setting => setting.Option.Name == option.Name)?.Takes ?? _search.TakenBy(option) ?? _export.TakenBy(option) ?? "a path";

    private void AddData()
    {
        var name = new Option<KnownDataSet>(DownloadOption)
        {
            Description = $"Which: {_downloadTakes}",
            HelpName = "NAME",
            CustomParser = Find,
        };
        var folder = PathOption.Of("--to", "DIR", "Folder of its files [default: data/NAME]");
        var data = Add("data", "Download a data set", [], (_, parsed) =>
        {
            var set = parsed.GetRequiredValue(name);
            _program.Download(set, parsed.GetValue(folder) ?? $"data/{set.Name}");
        });
        data.Add(name);
        data.Add(folder);
        data.Validators.Add(given =>
        {
            if (given.GetResult(name) is null)
                given.AddError($"data takes {DownloadOption} with {_downloadTakes}");
        });
    }

    private KnownDataSet? Find(ArgumentResult given)
    {
        var word = given.Tokens[0].Value;
        if (_program.DataSets.FirstOrDefault(set => set.Name == word) is { } found)
            return found;
        given.AddError($"{DownloadOption} takes {_downloadTakes}, not '{word}'");
        return null;
    }

    private Command Add(string name, string description, IReadOnlyList<Setting> settings, Action<TrainingOptions, ParseResult> run)
    {
        var verb = new Command(name, description);
        foreach (var setting in settings)
            verb.Add(setting.Option);
        // A verb without settings computes nothing.
        if (_program.TakesLibTorch && settings.Count > 0)
            verb.Add(_libTorch);
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(_libTorch) is { } folder)
                _program.UseLibTorch(folder);
            run(settings.Aggregate(_program.Defaults, (options, setting) => setting.Apply(options, parsed)), parsed);
        });
        _root.Add(verb);
        return verb;
    }

    /// <summary>The parser takes an option that it doesn't know for one more path, and empty text too.</summary>
    private void RefuseOtherThanPaths(ArgumentResult paths)
    {
        var verb = ((CommandResult)paths.Parent!).Command;
        if (paths.Tokens.SkipLast(_behindDashes).FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown)
            paths.AddError(UsageError.UnknownOption(verb, unknown.Value));
        else if (paths.Tokens.FirstOrDefault(token => string.IsNullOrWhiteSpace(token.Value)) is { } blank)
            paths.AddError($"{verb.Name} takes the paths of {SampleFile}s, not '{blank.Value}'");
    }
}
