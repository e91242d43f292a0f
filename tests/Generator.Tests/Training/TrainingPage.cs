using System.Globalization;
using System.Text;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>The page docs/training.md, derived from the catalogue: what a recipe can choose, and every setting.</summary>
internal static class TrainingPage
{
    public const string Attributes = """
        [Model, Input(3, 32, 32)]
        [Conv2d(16, 3, Padding = 1), ReLU, MaxPool2d(2), Flatten, Linear(10)]
        [Training(Loss.CrossEntropy, Optimizer.AdamW, LabelSmoothing = 0.1, WeightDecay = 0.05, Decay = "weights",
            Schedule = Schedule.Cosine, WarmupEpochs = 1, ClipNorm = 1, EmaDecay = 0.999, Epochs = 30, BatchSize = 128)]
        [ImageFolder]
        public partial class Net;
        """;

    public const string Json = """
        {
          "input": [3, 32, 32],
          "layers": [{ "conv2d": 16, "kernel_size": 3, "padding": 1 }, "relu", { "max_pool2d": 2 }, "flatten", { "linear": 10 }],
          "training": {
            "loss": "cross_entropy", "optimizer": "adamw", "label_smoothing": 0.1, "weight_decay": 0.05, "decay": "weights",
            "schedule": "cosine", "warmup_epochs": 1, "clip_norm": 1, "ema_decay": 0.999, "epochs": 30, "batch_size": 128
          },
          "data": { "image_folder": {} }
        }
        """;

    public static string Text()
    {
        var page = new StringBuilder($"""
            # Training

            <!-- Derived from src/Generator/Training by a test; change it there and run the tests with MODELGEN_UPDATE=1. -->

            A recipe says how a network is trained: a loss, an optimizer, a schedule, and numbers. It is flat, in attributes and in a `.model.json` file. Names and
            defaults are PyTorch's, and so are the values: the tests compare every optimizer and every schedule with PyTorch's, step by step. A setting that the
            chosen loss, optimizer or schedule does not take is an error ([MG3013](diagnostics/MG3013.md)). What a recipe does not use leaves no line in the
            generated code.

            ```csharp
            {Attributes}
            ```

            ```jsonc
            {Json}
            ```

            In C# a setting is a property in PascalCase, `label_smoothing` is `LabelSmoothing`, and what is chosen a member of an enum:
            {string.Join(", ", TrainingParameters.Choices.SelectMany(choice => choice.Kinds.Select(kind => $"`{SpecNames.ToPascalCase(choice.Choice.Name)}.{kind.Member}`")))}.


            """.Replace("\r\n", "\n"));
        page.Append("## Losses\n\nA loss is the mean over a batch's samples. The same loss judges the test samples. What it learns, a class or numbers, the data must have: [data.md](data.md#tables).\n\n").Append(Kinds(TrainingCatalogue.Losses));
        page.Append("""
            ## Optimizers

            w is a weight, g its gradient, and rate the learning rate of the step. `weight_decay` adds `weight_decay w` to g before all else; AdamW and Lion
            multiply w by `1 - rate weight_decay` instead. `"decay": "weights"` leaves biases and norms out of it, as most recipes of today do.


            """.Replace("\r\n", "\n")).Append(Kinds(TrainingCatalogue.Optimizers));
        page.Append("""
            ## Schedules

            A schedule multiplies the learning rate by a factor at each optimisation step. The factor is a function of the step alone, so there is nothing to save and
            `--learning-rate` still sets the whole. Times are epochs, also parts of one, and become steps when the size of the data is known; the run's end is
            that of `--epochs`. Behind a warm-up a schedule begins at its own step 0, as in PyTorch's `SequentialLR`: milestones count from there.


            """.Replace("\r\n", "\n")).Append(Kinds(TrainingCatalogue.Schedules));
        page.Append("""
            ## A learning rate to begin with

            `dotnet run -- lr-find` is the range test of [Smith 2015](https://arxiv.org/abs/1506.01186): over `--steps` 100 the rate grows exponentially from `--from` 1e-7
            to `--to` 10 while the network trains, until the smoothed loss (a moving average of 0.98) is four times its best. It suggests the rate where that
            loss falls steepest against the rate's logarithm, up to its lowest place, prints the curve, and leaves `lr-find.csv` and `lr-find.svg` in `--out`. Nothing else
            is written. `FindLearningRate` does the same from code.


            """.Replace("\r\n", "\n"));
        page.Append("## Every recipe\n\n").Append(Table(TrainingParameters.Common));
        return page.Append("""

            - **Warm-up**: the factor is `warmup_factor + (1 - warmup_factor) step / steps`, PyTorch's `LinearLR`. Its default start is torchvision's, 0.01, not `LinearLR`'s 1/3.
            - **Clipping**: `clip_norm` multiplies all gradients by `min(1, clip_norm / (norm + 1e-6))`, as `torch.nn.utils.clip_grad_norm_`; the norm stays on the device.
            - **Accumulation**: one step follows `accumulate` batches, and the last step of an epoch what is left. Each batch counts the same: the gradient is the mean
              over the batches. Batch norm still sees single batches.
            - **Precision**: with `bfloat16` the network is called under PyTorch's autocast, in training and in tests: convolutions, linear layers and attention compute in
              bfloat16, the loss is taken in float32, and `model.pth` is what it always is. GPUs since NVIDIA's Ampere have units for it; on CPUs without them it is
              slower than float32. No loss is scaled, as float16 would need. TorchSharp has no autocast, so functions of libtorch are called, which C# can name on Linux
              only: elsewhere the run is refused when it starts, and so is one with an `lstm` on a CPU without AVX-512, for which libtorch has no such code. A `Predictor`
              computes in float32.
            - **Averages**: `mean = ema_decay mean + (1 - ema_decay) weight` after each step, from the first weights on. It looks back over about `1 / (1 - ema_decay)`
              steps, which should be few of the run's. Training goes on with the weights; tests and `model.pth` have the means. Running statistics of batch norm are
              the network's own.

            """.Replace("\r\n", "\n")).ToString();
    }

    private static string Kinds(IReadOnlyList<TrainingKind> kinds)
    {
        var text = new StringBuilder("| keyword | what it computes | from |\n|---|---|---|\n");
        foreach (var kind in kinds)
            text.Append(CultureInfo.InvariantCulture, $"| `{kind.Keyword}` | {Cell(kind.Doc)} | {Link(kind)} |\n");
        var own = TrainingSetting.All.Where(setting => setting.Takers.Any(taker => kinds.Contains(taker.Kind))).ToArray();
        text.Append("\n| setting | of | takes | default | meaning |\n|---|---|---|---|---|\n");
        foreach (var setting in own)
        {
            var takers = setting.Takers.Count == kinds.Count ? "all" : string.Join(", ", setting.Takers.Select(taker => taker.Kind.Keyword));
            text.Append(CultureInfo.InvariantCulture, $"| `{setting.Parameter.Name}` | {takers} | {setting.Parameter.Expected} | {setting.Defaults} | {setting.Parameter.Doc} |\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Table(IReadOnlyList<Parameter> parameters)
    {
        var text = new StringBuilder("| setting | takes | default | meaning |\n|---|---|---|---|\n");
        foreach (var parameter in parameters)
            text.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {parameter.Expected} | {parameter.Fallback ?? "required"} | {parameter.Doc} |\n");
        return text.ToString();
    }

    // A bar ends a cell, and |output - target| has two.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Link(TrainingKind kind) => kind.Source is null ? "" : string.Join(", ", kind.Source.Split(", ").Select(source => source.StartsWith("arXiv:", StringComparison.Ordinal)
        ? $"[{source}](https://arxiv.org/abs/{source["arXiv:".Length..]})"
        : $"[{source.Split('.')[^1]}](https://docs.pytorch.org/docs/stable/generated/{source}.html)"));
}
