namespace ModelGen.Tests.Emit;

/// <summary>Every file that the seed's network becomes, whole: what a user reads when stepping into generated code.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void The_seed_declared_by_attributes() => Verify(SeedSpecs.Attributes, "Attributes");

    [Fact]
    public void The_seed_declared_by_json() => Verify(SeedSpecs.Json, "Json");

    [Fact]
    public void What_the_settings_of_its_data_change()
    {
        var spec = SeedSpecs.Json.Text.Replace("\"image_folder\": {}", DataSettings, StringComparison.Ordinal);
        var files = Compiled.From((SeedSpecs.Json.Path, spec)).AssertClean().Files;
        var plain = Compiled.From(SeedSpecs.Json).Files;

        Assert.Equal(["Demo.ConvNet.Data.g.cs", "Demo.ConvNet.Options.g.cs", "Demo.ConvNet.Program.g.cs"], files.Keys.Where(name => files[name] != plain[name]));
        foreach (var name in files.Keys.Where(name => files[name] != plain[name]))
            Verify(name, files[name], "DataSettings");
    }

    [Fact]
    public void What_a_rich_recipe_makes_of_its_trainer()
    {
        var spec = SeedSpecs.Json.Text.Replace("\"loss\": \"nll\", \"optimizer\": \"sgd\", \"learning_rate\": 0.01", Recipe, StringComparison.Ordinal);
        var files = Compiled.From((SeedSpecs.Json.Path, spec.Replace(", \"log_softmax\"", "", StringComparison.Ordinal))).AssertClean().Files;

        Verify("Demo.ConvNet.Trainer.g.cs", files["Demo.ConvNet.Trainer.g.cs"], "Recipe");
    }

    private const string Recipe = """
        "loss": "cross_entropy", "label_smoothing": 0.1, "class_weights": [1, 1, 1, 1, 1, 2.5, 1, 1, 1, 1],
        "optimizer": "adamw", "learning_rate": 0.003, "weight_decay": 0.05, "decay": "weights",
        "schedule": "cosine", "warmup_epochs": 1, "clip_norm": 1.0, "accumulate": 4, "ema_decay": 0.999
        """;

    private const string DataSettings = """
        "image_folder": {
          "classes": ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
          "train_images": 6000,
          "resize": "crop",
          "mean": [0.485, 0.456, 0.406],
          "std": [0.229, 0.224, 0.225],
          "random_crop": 2,
          "rotate": 10,
          "shift": 0.1,
          "horizontal_flip": true,
          "erase": 0.25
        }
        """;

    private static void Verify((string Path, string Text) spec, string folder)
    {
        var files = Compiled.From(spec).Files;

        Assert.Equal(["Demo.ConvNet.Data.g.cs", "Demo.ConvNet.Module.g.cs", "Demo.ConvNet.Options.g.cs", "Demo.ConvNet.Program.g.cs", "Demo.ConvNet.Trainer.g.cs"], files.Keys);
        foreach (var (name, text) in files)
            Verify(name, text, folder);
    }

    private static void Verify(string name, string text, string folder) =>
        Repository.AssertDerived($"tests/Generator.Tests/Snapshots/{folder}/{name[..^".g.cs".Length]}.verified.cs", text);
}
