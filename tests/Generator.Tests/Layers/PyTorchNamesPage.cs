using System.Globalization;
using System.Text;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Tests.Layers;

/// <summary>The page docs/pytorch-names.md: what PyTorch calls a thing, and what it is called here.</summary>
internal static class PyTorchNamesPage
{
    /// <summary>Layers that are no class of <c>torch.nn</c> under their own name. What begins with <c>torch</c> is a name that PyTorch has.</summary>
    private static readonly Dictionary<string, (string PyTorch, string Remark)> Others = new(StringComparer.Ordinal)
    {
        ["add"] = ("torch.add", "`x + y`"),
        ["amax"] = ("torch.amax", ""),
        ["branches"] = ("torch.cat", "of the outputs of several modules, or their sum or product"),
        ["class_token"] = ("torch.nn.Parameter", "of [1, 1, E], put before the sequence"),
        ["concat"] = ("torch.cat", ""),
        ["crop"] = ("torchvision.transforms.CenterCrop", ""),
        ["custom"] = ("torch.nn.Module", "of one's own"),
        ["depthwise_conv2d"] = ("torch.nn.Conv2d", "with `groups=in_channels`"),
        ["drop_path"] = ("torchvision.ops.StochasticDepth", "with mode `row`"),
        ["global_avg_pool"] = ("torch.mean", "over all but the first two dimensions"),
        ["global_max_pool"] = ("torch.amax", "over all but the first two dimensions"),
        ["mean"] = ("torch.mean", ""),
        ["mul"] = ("torch.mul", "`x * y`"),
        ["multi_head_attention"] = ("torch.nn.MultiheadAttention", "with `batch_first=True`"),
        ["pad"] = ("torch.nn.functional.pad", ""),
        ["patch_embed"] = ("torch.nn.Conv2d", "with stride = kernel_size, flattened and transposed"),
        ["permute"] = ("torch.permute", ""),
        ["positional_embedding"] = ("torch.nn.Parameter", "of [1, L, E], added"),
        ["reshape"] = ("torch.reshape", "`x.view(...)`"),
        ["residual"] = ("torch.add", "`x + f(x)`, with torchvision's `downsample`"),
        ["select"] = ("torch.select", "`x[:, 0]`"),
        ["sequence"] = ("torch.nn.Sequential", ""),
        ["sinusoidal_embedding"] = ("", "the sines of the original transformer, which PyTorch has not"),
        ["squeeze_excite"] = ("torchvision.ops.SqueezeExcitation", ""),
        ["transformer_decoder_layer"] = ("torch.nn.TransformerDecoderLayer", "with `batch_first=True`"),
        ["transformer_encoder_layer"] = ("torch.nn.TransformerEncoderLayer", "with `batch_first=True`"),
        ["transpose"] = ("torch.transpose", ""),
    };

    /// <summary>Settings that PyTorch's class has under another name, and those that only we have.</summary>
    private static readonly (string Setting, string PyTorch, string Why)[] Renamed =
    [
        ("normalized_dims", "normalized_shape", "how many of the last dimensions; their sizes follow from the input"),
        ("num_heads", "nhead", "one name for it in all layers with attention"),
        ("sizes", "unflattened_size", "shorter"),
        ("causal", "", "what `is_causal` and a mask of -inf say"),
        ("output", "", "which of a recurrent layer's outputs goes on"),
        ("with", "", "the layer that is the second input"),
    ];

    /// <summary>Each layer with PyTorch's class, where it is one, and the settings that it should have by the same name: what PyTorch is asked.</summary>
    public static IEnumerable<(string PyTorch, IReadOnlyList<string> Settings)> Claims => LayerCatalogue.All
        .Select(entry => (NameOf(entry), Settings(entry)))
        .Concat(Recipes.Select(row => (row.PyTorch, (IReadOnlyList<string>)[])))
        .Concat(LayerCatalogue.All.SelectMany(entry => Renamed.Where(one => one.PyTorch.Length > 0 && Has(entry, one.Setting)).Select(one => (NameOf(entry), (IReadOnlyList<string>)[one.PyTorch]))))
        .Where(claim => claim.Item1.Length > 0);

    private static IEnumerable<(string PyTorch, string CSharp, string Json)> Recipes => TrainingParameters.Choices
        .SelectMany(choice => choice.Kinds.SelectMany(kind => (kind.Source ?? "").Split(", ")
            .Where(source => source.StartsWith("torch.", StringComparison.Ordinal))
            .Select(source => (source, $"{SpecNames.ToPascalCase(choice.Choice.Name)}.{kind.Member}", $"\"{choice.Choice.Name}\": \"{kind.Keyword}\""))));

    public static string Text()
    {
        var page = new StringBuilder("""
            # PyTorch's names and ours

            <!-- Derived from the catalogue of layers and recipes by a test, which asks PyTorch for each name; run the tests with MODELGEN_UPDATE=1. -->

            Names, defaults and initial values are PyTorch's. So this page is short to use: look for the name that you know. Settings have PyTorch's names too,
            in JSON as they are, in C# in PascalCase: `kernel_size` is `KernelSize`, or stands in its place by position. [layers.md](layers.md) and
            [training.md](training.md) say what each of them does.

            What follows from the input is not written: `in_channels`, `in_features`, `num_features`, `input_size`, `normalized_shape`. Where such a size
            is a setting of ours, it is there to have it checked. `device` and `dtype` are options of a run or have no counterpart; `inplace` is the compiler's
            to decide ([performance.md](performance.md)); `batch_first` is always true.

            ## Layers

            | PyTorch | attribute | JSON |
            |---|---|---|

            """.Replace("\r\n", "\n"));
        foreach (var entry in LayerCatalogue.All.OrderBy(entry => NameOf(entry) is { Length: > 0 } name ? name.Split('.')[^1] : entry.AttributeName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(entry => entry.Keyword, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture, $"| {PyTorch(entry)} | {(entry.HasAttribute || entry.Keyword is "residual" or "custom" ? $"`{entry.AttributeName}`" : "")} | `{entry.Keyword}` |\n");
        page.Append("""

            ## Settings that are called otherwise

            All other settings have the name that PyTorch's class gives them.

            | PyTorch | ours | because |
            |---|---|---|

            """.Replace("\r\n", "\n"));
        foreach (var (setting, pytorch, why) in Renamed)
            page.Append(CultureInfo.InvariantCulture, $"| {(pytorch.Length > 0 ? $"`{pytorch}`" : "")} | `{setting}` | {why} |\n");
        page.Append("\n## Recipes\n\nAn optimizer's `lr` is `learning_rate`, and its `betas` are `beta1` and `beta2`; a schedule's times are epochs and not steps.\n\n| PyTorch | attribute | JSON |\n|---|---|---|\n");
        foreach (var (pytorch, attribute, json) in Recipes)
            page.Append(CultureInfo.InvariantCulture, $"| `{pytorch}` | `{attribute}` | `{json}` |\n");
        page.Append("""

            ## The rest of a training script

            | in a script | here |
            |---|---|
            | `torchvision.datasets.ImageFolder`, `DataLoader`, `transforms` | `[ImageFolder]` and its settings: [data.md](data.md) |
            | `torch.save`, `torch.load`, `load_state_dict` | `Weights.Save`, `Weights.Load`, `--save`, `--load`: [interop.md](interop.md) |
            | `model.train()`, `model.eval()` | the same, and the trainer and the predictor call them |
            | `clip_grad_norm_`, `clip_grad_value_`, `AveragedModel` | `clip_norm`, `clip_value`, `ema_decay`: [training.md](training.md) |
            | `torch.manual_seed` | `--seed` |
            | `model.to("cuda")` | `--device cuda` |

            """.Replace("\r\n", "\n"));
        return page.ToString();
    }

    private static string NameOf(CatalogueEntry entry) => Others.TryGetValue(entry.Keyword, out var other) ? other.PyTorch : "torch.nn." + entry.AttributeName;

    private static string PyTorch(CatalogueEntry entry)
    {
        var remark = Others.GetValueOrDefault(entry.Keyword).Remark ?? "";
        return NameOf(entry) is { Length: > 0 } name ? $"`{name}`{(remark.Length == 0 ? "" : $", {remark}")}" : remark;
    }

    // Functions and modules with another purpose have parameters of their own.
    private static IReadOnlyList<string> Settings(CatalogueEntry entry) => Others.ContainsKey(entry.Keyword) && !entry.Keyword.StartsWith("transformer", StringComparison.Ordinal)
        ? []
        : [.. entry.Parameters.Select(parameter => parameter.Name).Where(name => !Renamed.Any(one => one.Setting == name))];

    private static bool Has(CatalogueEntry entry, string setting) =>
        NameOf(entry) == "torch.nn." + entry.AttributeName && entry.Parameters.Any(parameter => parameter.Name == setting);
}
