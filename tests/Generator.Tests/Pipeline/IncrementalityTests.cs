using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Tests.Pipeline;

/// <summary>What an edit costs: specs read and files written, counted, and why each step ran, asked of the driver.</summary>
public sealed class IncrementalityTests
{
    /// <summary>
    /// The edit; JSON specs read; files written; and what became of the values of the four <see cref="Steps"/>, two specs of each form: (C)ached,
    /// because nothing it comes from changed; (U)nchanged, worked out again and the same; (M)odified; (N)ew; (R)emoved. Attributes are read after
    /// every edit, because what they mean may stand anywhere; nothing behind them runs unless they say something else.
    /// </summary>
    public static TheoryData<string, int, int, string> Costs { get; } = new()
    {
        { "nothing at all", 0, 0, "CC UU CCCC CC" },
        { "an unrelated file is added", 0, 0, "CC UU CCCC CC" },
        { "an unrelated type is renamed", 0, 0, "CC UU CCCC CC" },
        { "a comment in the spec's class", 0, 0, "CC MU CCCC CC" },
        { "the spec's class moves a line down", 0, 0, "CC MU CCCC CC" },
        { "white space in a json spec", 1, 0, "CM UU CCCC CM" },
        { "a comment in a json spec", 1, 0, "CM UU CCCC CM" },
        { "the keys of a json spec in another order", 1, 0, "CM UU CCCC CM" },
        { "a layer of a json spec", 1, 5, "CM UU CCCM CU" },
        { "a layer of an attribute spec", 0, 5, "CC MU CCCM CC" },
        { "a mistake in a json spec", 1, 5, "CM UU CCCM CM" },
        { "a json spec is added", 1, 1, "CCN UU CCCCN CCN" },
        { "an attribute spec is added", 0, 1, "CC NUU CCCCN CC" },
        { "a json spec is removed", 0, 0, "CR UU CCCR CR" },
        { "a json spec's file is renamed", 1, 5, "CM UU CCCM CM" },
        { "another additional file is added", 0, 0, "CC UU CCCC CC" },
        { "the project's namespace", 2, 5, "MU UU CCCM CU" },
        { "another property of the build", 0, 0, "CC UU CCCC CC" },
        { "the build's wish for plain code", 0, 12, "CC UU MMMM CC" },
        { "the language's version", 0, 0, "CC UU CCCC CC" },
        { "a symbol for #if", 0, 0, "CC UU CCCC CC" },
        { "a reference is added", 0, 0, "CC UU CCCC CC" },
    };

    private static readonly string[] Steps =
        [TrackingNames.JsonReadings, TrackingNames.AttributeReadings, TrackingNames.Models, TrackingNames.Findings];

    [Fact]
    public void Every_edit_is_in_the_table() => Assert.Equal(EditTable.Edits.Keys, Costs.Select(row => (string)row[0]));

    [Theory, MemberData(nameof(Costs))]
    public void An_edit_costs(string edit, int read, int written, string reasons)
    {
        var empty = Compiled.Project([]);
        var before = EditTable.Start();
        var first = Run(Compiled.Driver([]), EditTable.Start() with { Files = [] }, before, empty);
        var readsOfFirst = Reads(before);

        var after = EditTable.Edits[edit](before);
        var second = Run(first, before, after, empty);

        var known = Written(first).Values.ToHashSet(ReferenceEqualityComparer.Instance);
        var newReads = Reads(before, after) - readsOfFirst;
        var newFiles = Written(second).Values.Count(text => !known.Contains(text));
        Assert.Equal((read, written, reasons), (newReads, newFiles, Reasons(second)));
    }

    [Fact]
    public void An_edit_gives_what_a_new_run_gives() => Assert.All(EditTable.Edits, edit =>
    {
        var empty = Compiled.Project([]);
        var nothing = EditTable.Start() with { Files = [] };
        var before = EditTable.Start();
        var after = edit.Value(before);

        Assert.Equal(
            Texts(Run(Compiled.Driver([]), nothing, after, empty)),
            Texts(Run(Run(Compiled.Driver([]), nothing, before, empty), before, after, empty)));
    });

    private static GeneratorDriver Run(GeneratorDriver driver, EditTable.Session before, EditTable.Session after, CSharpCompilation empty)
    {
        driver = driver.ReplaceAdditionalTexts([.. after.Specs]);
        if (after.Parse != before.Parse)
            driver = driver.WithUpdatedParseOptions(after.Parse);
        return driver.WithUpdatedAnalyzerConfigOptions(after.Properties).RunGenerators(after.On(empty));
    }

    private static Dictionary<string, SourceText> Written(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText);

    private static IEnumerable<string> Texts(GeneratorDriver driver) =>
        Written(driver).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}\n{file.Value}");

    private static int Reads(params EditTable.Session[] sessions) => sessions.SelectMany(session => session.Files).Distinct().Sum(file => file.Reads);

    private static string Reasons(GeneratorDriver driver)
    {
        var steps = driver.GetRunResult().Results.Single().TrackedSteps;
        return string.Join(' ', Steps.Select(step =>
            string.Concat(steps[step].SelectMany(run => run.Outputs).Select(output => output.Reason.ToString()[0]).Order())));
    }
}
