using System.Xml.Linq;

namespace ModelGen.Tests;

/// <summary>The templates as a user has them: installed from the packed file, created, built, run and removed.</summary>
[Collection(SharedPackage.Name)]
public sealed class TemplateTests(PackedPackage package)
{
    private static string Content { get; } = Path.Combine(Repository.Root, "src/Templates/content");

    [Fact]
    public void Programs_and_specs_are_created_and_run()
    {
        var file = package.Pack("Templates", "feed");
        Repository.AssertDerived("tests/Package.Tests/templates.verified.txt", string.Concat(PackedPackage.EntriesOf(file).Select(entry => entry + "\n")));

        New("install", file);
        New("modelgen", "-o", "Flowers", "--classes", "2", "--size", "16", "--modelgen-version", PackedPackage.Version, "--no-restore");
        New("modelgen-mnist", "-o", "Digits", "--modelgen-version", PackedPackage.Version, "--no-restore");
        Assert.Contains("two or more classes", New("modelgen", "-o", "One", "--classes", "1", "--modelgen-version", PackedPackage.Version, "--no-restore"), StringComparison.Ordinal);
        // A folder's name need not be one of C#'s.
        New("modelgen", "-o", "class", "--modelgen-version", PackedPackage.Version, "--no-restore");
        New("modelgen-mnist", "-o", "2-my.new", "--modelgen-version", PackedPackage.Version, "--no-restore");
        package.Write("templates", ("All.slnx", $"<Solution>{string.Concat(((string[])["Flowers", "Digits", "class", "2-my.new"]).Select(name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>"));
        Assert.Empty(package.Build("templates"));

        // In the folder of a project that is restored, the spec knows its namespace.
        package.RunAtHome("templates/Digits", "new", "modelgen-spec", "-n", "Small");
        package.RunAtHome("templates/Digits", "new", "modelgen-json", "-n", "Tiny");
        package.RunAtHome("templates/class", "new", "modelgen-spec", "-n", "switch");
        Assert.Contains("namespace @class;", File.ReadAllText(package.PathOf("templates", "class/switch.cs")), StringComparison.Ordinal);
        Assert.Empty(package.Build("templates/class", "--no-restore"));
        // Both can be trained as they are, and are the same network.
        package.Write("templates/Digits", ("Both.cs", "public static class Both { public static int Run(string[] args) => args is [\"tiny\", .. var rest] ? Digits.Tiny.Run(rest) : Digits.Small.Run(args); }"));
        Assert.Empty(package.Build("templates/Digits", "--no-restore"));
        New("uninstall", "ModelGen.Templates");

        Assert.Contains("29,834", package.Run("templates", "Digits", "summary"), StringComparison.Ordinal);
        package.Run("templates", "Digits", "--epochs", "1", "--limit", "32", "--out", package.PathOf("templates", "digits"));
        Assert.True(package.Has("templates", "digits/model.pth"));

        var flowers = Pictures.Draw(package.PathOf("templates", "pictures"), ["daisy", "rose"]);
        package.Run("templates", "Flowers", "--data", flowers, "--epochs", "1", "--out", package.PathOf("templates", "flowers"));
        var predicted = package.Run("templates", "Flowers", "predict", "--load", package.PathOf("templates", "flowers/model.pth"), Path.Combine(flowers, "test/rose/0.bmp"));
        Assert.Matches("\t(daisy|rose)\t", predicted);
    }

    [Theory]
    [InlineData("Images")]
    [InlineData("Mnist")]
    public void Their_projects_reference_the_versions_of_this_repository(string template)
    {
        var central = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        var referenced = XDocument.Load(Path.Combine(Content, template, "ModelGenProject.csproj")).Descendants("PackageReference").ToList();

        Assert.Equal(6, referenced.Count);
        Assert.All(referenced, reference => Assert.Equal(central.GetValueOrDefault(reference.Attribute("Include")!.Value, "MODELGEN_VERSION"), reference.Attribute("Version")!.Value));
        var version = XDocument.Load(Path.Combine(Repository.Root, "src/Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Contains($"\"defaultValue\": \"{version}\"", File.ReadAllText(Path.Combine(Content, template, ".template.config/template.json")), StringComparison.Ordinal);
    }

    private string New(params string[] arguments) => package.RunAtHome("templates", ["new", .. arguments]);
}
