namespace ModelGen.Tests;

/// <summary>Whatever is wrong with a command is said in one sentence, and wrong arguments, wrong specs and what can't be done have different exit codes.</summary>
public sealed class MisuseTests
{
    [Theory]
    [InlineData("", "say what to do: new, check, summary, svg, convert, eject, import, doctor.")]
    [InlineData("chekc Net.cs", "there is no verb 'chekc'; did you mean 'check'?")]
    [InlineData("chekc --help", "there is no verb 'chekc'; did you mean 'check'?")]
    [InlineData("check", "check takes the path of at least one file.")]
    [InlineData("check Net.cs --formt json", "check has no option '--formt'; did you mean '--format'?")]
    [InlineData("check Net.cs --format xml", "--format takes text, json or sarif, not 'xml'.")]
    [InlineData("check Net.cs --format json --format text", "--format is given 2 times.")]
    [InlineData("svg Net.cs --out", "--out takes a value, FILE, and none is given.")]
    [InlineData("eject Net.cs", "--out takes a value, DIR, and none is given.")]
    [InlineData("new", "new takes the path of a file.")]
    [InlineData("new Net.cs --input 3,x", "--input takes one whole number, or three with commas between them, such as 3,64,64, not '3,x'.")]
    [InlineData("new Net.cs --input 3,8", "--input takes one whole number, or three with commas between them, such as 3,64,64, not '3,8'.")]
    [InlineData("new Net.cs --classes 1", "--classes takes a whole number of at least 2, not '1'.")]
    [InlineData("import", "say what to import: onnx.")]
    [InlineData("import pth", "there is no verb 'pth'; the verbs are onnx.")]
    [InlineData("import onnx", "onnx takes the path of a file.")]
    [InlineData("doctor Net.cs", "doctor takes no 'Net.cs'.")]
    public void Wrong_arguments_are_exit_code_2(string arguments, string said) => Assert.Equal(
        new Command(2, "", $"error: {said} Try --help.\n"), Command.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("check nowhere/Net.cs", "There is no file 'nowhere/Net.cs': name a .model.json file, or a C# file with a network.")]
    [InlineData("summary Net.json", "'Net.json' is neither a .model.json file nor a C# file (.cs): name one of these.")]
    [InlineData("new 1st.cs", "The name '1st' can't be a network's: it must be a C# identifier: a letter and then letters, digits or underscores. Call the file otherwise.")]
    [InlineData("new class.model.json", "The name 'class' can't be a network's: 'class' is a word of C#. Call the file otherwise.")]
    [InlineData("new Net.txt", "'Net.txt' names no form of spec: end it with .cs for attributes or with .model.json for JSON.")]
    public void What_cannot_be_done_is_exit_code_3(string arguments, string said) => Assert.Equal(new Command(3, "", $"error: {said}\n"), Command.Run(arguments.Split(' ')));

    [Fact]
    public void The_packages_readme_names_each_verb()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src/Tool/README.md"));
        var verbs = Command.Run().Error["error: say what to do: ".Length..].Split('.')[0].Split(", ");

        Assert.Equal(8, verbs.Length);
        Assert.All(verbs, verb => Assert.Contains($"| `modelgen {verb}", readme, StringComparison.Ordinal));
    }
}
