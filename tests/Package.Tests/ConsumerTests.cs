using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ModelGen.Tests;

/// <summary>Projects that use the package, as a user has them: restored, built and run. Where nothing is expected, a build has no warning.</summary>
[Collection(SharedPackage.Name)]
public sealed partial class ConsumerTests(PackedPackage package)
{
    private const string Program = "<OutputType>Exe</OutputType>";
    private const string WithoutLibTorch = "<OutputType>Exe</OutputType><TorchBackend>none</TorchBackend>";

    private static string Version { get; } =
        XDocument.Load(Path.Combine(Repository.Root, "src/Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void What_its_readme_says_is_a_program()
    {
        var blocks = Blocks("src/Package/README.md");
        package.Write("readme", ("Digits.csproj", OfTheTest(blocks[0])), ("ConvNet.cs", blocks[1]), ("Program.cs", blocks[2]));

        Assert.Empty(package.Build("readme"));
        Assert.Contains("29,834", package.Run("readme", "Digits.csproj", "summary"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_repositorys_readme_has_the_same_project() => Assert.Contains(Blocks("src/Package/README.md")[0], Blocks("README.md"));

    [Fact]
    public void A_program_without_libtorch_is_told_the_line_to_add()
    {
        package.Write("bare", ("Bare.csproj", Consumer.Project(Program)), ("Classifier.cs", Consumer.Attributes), ("Program.cs", "return 0;"));

        var told = Assert.Single(package.Build("bare"));
        Assert.Contains("Bare.csproj : warning : Bare has no libtorch for 'cpu', which a network that is not plain C# needs when it runs: add <PackageReference Include=\"libtorch-cpu-", told, StringComparison.Ordinal);
        Assert.Contains("\" Version=\"2.10.0\" /> to Bare.csproj, or set TorchBackend to none", told, StringComparison.Ordinal);
        Assert.Empty(package.Build("bare", "--no-restore", "-p:TorchBackend=none"));
    }

    [Fact]
    public void A_program_whose_networks_are_plain_CSharp_has_nothing_of_TorchSharp()
    {
        var blocks = Blocks("docs/csharp.md");
        package.Write(
            "plain",
            ("Plain.csproj", OfTheTest(blocks[1])),
            ("Net.cs", "using ModelGen;\n\nnamespace Plain;\n\n" + blocks[0]),
            ("Program.cs", "return Plain.Net.Run(args);"));

        Assert.Empty(package.Build("plain"));
        package.Run("plain", "Plain.csproj", "--epochs", "1", "--limit", "32", "--out", package.PathOf("plain", "run"));
        Assert.True(package.Has("plain", "run/model.pth"));
        Assert.False(package.Has("plain", "bin/Debug/net10.0/TorchSharp.dll"));
    }

    [Fact]
    public void A_program_that_has_its_networks_from_a_library_is_told_too()
    {
        package.Write(
            "through",
            ("Library/Library.csproj", Consumer.Project("")),
            ("Library/Classifier.cs", Consumer.Attributes),
            ("App/App.csproj", Consumer.ProgramOf("Library")),
            ("App/Program.cs", "System.Console.WriteLine(Nets.Classifier.ParameterCount);"));

        Assert.Contains("App has no libtorch", Assert.Single(package.Build("through/App")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_compiler_is_refused()
    {
        package.Write("old", ("Old.csproj", Consumer.Project("")), ("Classifier.cs", Consumer.Attributes));

        Assert.Contains(package.Build("old", "-p:CompilerApiVersion=roslyn4.14"), line => line.Contains(
            "error : ModelGen needs C#'s compiler 5.0 or newer, but Old is built with 'roslyn4.14'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_links_to_its_page_in_the_package()
    {
        package.Write("wrong", ("Wrong.csproj", Consumer.Project("")), ("Classifier.cs", Consumer.Attributes.Replace("Linear(10)", "Linear(10, InFeatures = 5)", StringComparison.Ordinal)));

        var said = Assert.Single(package.Build("wrong"));
        var link = Link().Match(said).Groups[1].Value;
        Assert.StartsWith("# MG2003: ", File.ReadAllText(new Uri(link).LocalPath), StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_takes_true_or_false_for_the_form_of_all_networks()
    {
        package.Write("form", ("Form.csproj", Consumer.Project("")), ("Classifier.cs", Consumer.Attributes));

        // To MSBuild 'no' equals 'false', which to the generator it does not.
        Assert.Contains(
            "error : ModelGenOptimize is 'no', but must be true or false: build with -p:ModelGenOptimize=false for the plain form.",
            Assert.Single(package.Build("form", "-p:ModelGenOptimize=no")),
            StringComparison.Ordinal);
        Assert.Empty(package.Build("form", "--no-restore", "-p:ModelGenOptimize=False"));
    }

    [Fact]
    public void Two_projects_of_a_solution_use_it_and_one_uses_the_others_networks()
    {
        package.Write(
            "solution",
            ("All.slnx", """<Solution><Project Path="Library/Library.csproj" /><Project Path="App/App.csproj" /></Solution>"""),
            ("Library/Library.csproj", Consumer.Project("")),
            ("Library/Scorer.model.json", Consumer.Json),
            ("App/App.csproj", Consumer.Project(WithoutLibTorch, """<ProjectReference Include="../Library/Library.csproj" />""")),
            ("App/Classifier.cs", Consumer.Attributes),
            ("App/Program.cs", "System.Console.WriteLine($\"{Nets.Scorer.ParameterCount} and {Nets.Classifier.ParameterCount}\");"));

        Assert.Empty(package.Build("solution"));
        Assert.Equal("23 and 50", package.Run("solution", "App"));
        Assert.True(package.Has("solution", "Library/obj/model.schema.json"));
    }

    [Fact]
    public void A_library_for_older_frameworks_too_has_its_network_in_the_newest()
    {
        package.Write(
            "frameworks",
            ("Library.csproj", Consumer.LibraryForTwoFrameworks),
            ("Net.cs", $"#if NET10_0_OR_GREATER\n{Consumer.Attributes}\n#endif"),
            ("Count.cs", "namespace Nets { public static class Count { public const long Of =\n#if NET10_0_OR_GREATER\nClassifier.ParameterCount;\n#else\n0;\n#endif\n} }"));

        Assert.Empty(package.Build("frameworks"));
    }

    [Fact]
    public void Strict_projects_and_those_without_nullable_build()
    {
        const string Strict =
            "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><GenerateDocumentationFile>true</GenerateDocumentationFile><Nullable>disable</Nullable>" +
            "<AnalysisLevel>latest-all</AnalysisLevel><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>";
        package.Write(
            "strict",
            ("Library.csproj", Consumer.Project(Strict)), ("Classifier.cs", Consumer.Attributes), ("Scorer.model.json", Consumer.Json), ("Reader.model.json", Consumer.EveryFile));

        Assert.Empty(package.Build("strict"));
    }

    [Fact]
    public void A_spec_may_stand_elsewhere_and_files_can_be_left_alone()
    {
        package.Write(
            "linked",
            ("specs/Scorer.model.json", Consumer.Json),
            ("App/App.csproj", Consumer.Project(
                WithoutLibTorch + "<EnableModelGenSpecs>false</EnableModelGenSpecs>", """<AdditionalFiles Include="../specs/Scorer.model.json" />""")),
            ("App/Draft.model.json", "not a spec yet"),
            ("App/Program.cs", "System.Console.WriteLine(Nets.Scorer.ParameterCount);"));

        Assert.Empty(package.Build("linked/App"));
        Assert.Equal("23", package.Run("linked", "App"));
    }

    /// <summary>A project of the docs with the version that was packed for the tests.</summary>
    private static string OfTheTest(string project) =>
        project.Replace($"Include=\"ModelGen\" Version=\"{Version}\"", $"Include=\"ModelGen\" Version=\"{PackedPackage.Version}\"", StringComparison.Ordinal);

    private static string[] Blocks(string page) =>
        [.. Code().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"\((file:///\S+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```(?:xml|csharp)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
