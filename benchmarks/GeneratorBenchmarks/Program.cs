using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GeneratorBenchmarks;
using Perfolizer.Horology;

// In this process: the usual way writes a project for each benchmark and builds it, which wants packages from the network and would have to
// suit this repository's central versions and warnings as errors. A generator runs in a process of the compiler with others, so this is no loss.
var toolchain = new InProcessEmitToolchain(TimeSpan.FromMinutes(30), logOutput: true);
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.Default.WithToolchain(toolchain).WithWarmupCount(3).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(200)))
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddColumn(StatisticColumn.Median, StatisticColumn.Min)
    .HideColumns(Column.Error, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2)
    .AddExporter(MarkdownExporter.GitHub)
    .AddLogger(ConsoleLogger.Default)
    .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared))
    .WithOptions(ConfigOptions.JoinSummary);

// Without arguments all of it; otherwise as BenchmarkDotNet takes them: --filter *Cold*.
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Corpus).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
Bars.Print(summaries.SelectMany(summary => summary.Reports));
