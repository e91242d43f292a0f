using System.CommandLine;
using System.CommandLine.Parsing;
using ModelGen.Data;
using ModelGen.Formats.Onnx;
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
    private readonly TrainingSettings _settings;
    private readonly TrainingOptions _defaults;
    private readonly string _downloadTakes;
    private readonly LearningRateVerb _search;
    private readonly ExportVerb _export = new();
    private readonly Action<string>? _useLibTorch;

    /// <summary>Which libtorch computes: none of a run's settings, because a run goes on elsewhere with another one.</summary>
    private readonly Option<string?> _libTorch = PathOption.Of(
        "--libtorch", "DIR", "Folder of a libtorch of your own, such as torch/lib of a Python install; without it, MODELGEN_LIBTORCH's, or the one beside the program");

    /// <summary>
    /// Creates the verbs of one model; <paramref name="choice"/> stands behind its name, <paramref name="sample"/> is what it calls a sample, and
    /// <paramref name="useLibTorch"/> is null without libtorch.
    /// </summary>
    public Verbs(
        string model,
        string choice,
        string sample,
        TrainingOptions defaults,
        Action<TrainingOptions> train,
        Action<TrainingOptions> evaluate,
        Action<TrainingOptions, IReadOnlyList<string>> predict,
        Action<TrainingOptions, LearningRateRange> findLearningRate,
        Action<bool, string?> summarize,
        IReadOnlyList<KnownDataSet> dataSets,
        Action<KnownDataSet, string> download,
        Action<TrainingOptions, string, OnnxOptions>? export,
        Action<string>? useLibTorch)
    {
        _useLibTorch = useLibTorch;
        _defaults = defaults;
        _settings = new TrainingSettings(defaults, sample);
        // An image is a file of its own; rows share one.
        var isFile = sample != "row";
        SampleFile = isFile ? sample : "CSV file";
        _root = new RootCommand(
            $"{model}{choice}, a generated neural network. Without a verb it trains. MODELGEN_TRACE=1 in the environment prints where an error comes from.");
        foreach (var version in _root.Options.OfType<VersionOption>().ToList())
            _root.Options.Remove(version);
        // Only for --help: arguments without a verb are parsed as those of train.
        var training = new TrainVerb(_settings, model);
        foreach (var option in _settings.Train.Select(setting => setting.Option).Concat(training.Options))
            _root.Add(option);
        if (useLibTorch is not null)
            _root.Add(_libTorch);

        var trainVerb = Add(DefaultVerb, "Train the network", _settings.Train, (options, parsed) => train(training.OptionsOf(options, parsed)));
        foreach (var option in training.Options)
            trainVerb.Add(option);
        Add("eval", "Test trained weights", _settings.Evaluate, (options, _) => evaluate(options));
        var paths = new Argument<string[]>(isFile ? sample : "file") { Description = $"The paths of {SampleFile}s", Arity = ArgumentArity.OneOrMore };
        paths.Validators.Add(RefuseOtherThanPaths);
        Add(
            "predict",
            $"Say what the network predicts for {sample}s",
            _settings.Predict,
            (options, parsed) => predict(options, parsed.GetRequiredValue(paths))).Add(paths);
        _search = new LearningRateVerb();
        var searchVerb = Add("lr-find", "Find a learning rate to train with", _settings.Search, (options, parsed) => findLearningRate(options, _search.RangeOf(parsed)));
        _search.AddTo(searchVerb);
        var mermaid = new Option<bool>("--mermaid") { Description = "Print the graph as a Mermaid diagram instead", Arity = ArgumentArity.Zero };
        var svg = PathOption.Of("--svg", "FILE", "Write the graph as a drawing into this file instead");
        var summary = Add("summary", "Print the network's layers", [], (_, parsed) => summarize(parsed.GetValue(mermaid), parsed.GetValue(svg)));
        summary.Add(mermaid);
        summary.Add(svg);
        if (export is not null)
            _export.AddTo(Add(
                ExportVerb.Name,
                "Write the network for other programs",
                _settings.Export,
                (options, parsed) => export(options, _export.FileOf(parsed), _export.OptionsOf(parsed))));
        _downloadTakes = KnownDataSet.Choices(dataSets);
        AddData(dataSets, download);
    }

    /// <summary>What <c>predict</c> takes the paths of: <c>image</c>, <c>CSV file</c>.</summary>
    public string SampleFile { get; }

    /// <summary>Parses the arguments; <see cref="UsageError"/> says what is wrong with them.</summary>
    public ParseResult Parse(IReadOnlyList<string> args)
    {
        var withoutVerb = args.Count == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?"));
        return CommandLineParser.Parse(_root, withoutVerb ? [DefaultVerb, .. args] : args, Configuration);
    }

    /// <summary>What an option takes, as a sentence goes on after "takes".</summary>
    public string TakenBy(Option option) => option.Name == DownloadOption
        ? _downloadTakes
        : _settings.Train.SingleOrDefault(setting => setting.Option.Name == option.Name)?.Takes ?? _search.TakenBy(option) ?? _export.TakenBy(option) ?? "a path";

    private void AddData(IReadOnlyList<KnownDataSet> dataSets, Action<KnownDataSet, string> run)
    {
        var name = new Option<KnownDataSet>(DownloadOption)
        {
            Description = $"Which: {_downloadTakes}",
            HelpName = "NAME",
            CustomParser = result => Find(result, dataSets),
        };
        var folder = PathOption.Of("--to", "DIR", "Folder of its files [default: data/NAME]");
        var data = Add("data", "Download a data set", [], (_, parsed) =>
        {
            var set = parsed.GetRequiredValue(name);
            run(set, parsed.GetValue(folder) ?? $"data/{set.Name}");
        });
        data.Add(name);
        data.Add(folder);
        data.Validators.Add(given =>
        {
            if (given.GetResult(name) is null)
                given.AddError($"data takes {DownloadOption} with {_downloadTakes}");
        });
    }

    private KnownDataSet? Find(ArgumentResult given, IReadOnlyList<KnownDataSet> dataSets)
    {
        var word = given.Tokens[0].Value;
        if (dataSets.FirstOrDefault(set => set.Name == word) is { } found)
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
        if (_useLibTorch is not null && settings.Count > 0)
            verb.Add(_libTorch);
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(_libTorch) is { } folder)
                _useLibTorch!(folder);
            run(settings.Aggregate(_defaults, (options, setting) => setting.Apply(options, parsed)), parsed);
        });
        _root.Add(verb);
        return verb;
    }

    /// <summary>The parser takes an option that it doesn't know for one more path, and empty text too.</summary>
    private void RefuseOtherThanPaths(ArgumentResult paths)
    {
        var verb = ((CommandResult)paths.Parent!).Command;
        if (paths.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown)
            paths.AddError(UsageError.UnknownOption(verb, unknown.Value));
        else if (paths.Tokens.FirstOrDefault(token => string.IsNullOrWhiteSpace(token.Value)) is { } blank)
            paths.AddError($"{verb.Name} takes the paths of {SampleFile}s, not '{blank.Value}'");
    }
}
