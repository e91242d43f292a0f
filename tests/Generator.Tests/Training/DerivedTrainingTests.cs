using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>What is derived from the losses, optimizers and schedules is what their files say.</summary>
public sealed class DerivedTrainingTests
{
    [Fact]
    public void The_attribute_is_derived_from_their_files() => Repository.AssertDerived("src/Runtime/Attributes/TrainingAttribute.cs", TrainingAttributeSource.Text());

    [Fact]
    public void The_page_is_derived_from_their_files() => Repository.AssertDerived("docs/training.md", TrainingPage.Text());

    [Fact]
    public void The_two_examples_of_the_page_are_one() => Assert.Equal(
        Compiled.From(("Net.model.json", TrainingPage.Json)).AssertClean().Files.Values,
        Compiled.From(("Net.cs", $"using ModelGen;\n\nnamespace Demo;\n\n{TrainingPage.Attributes}")).AssertClean().Files.Values.Select(file => file.Replace("Net.cs", "Net.model.json", StringComparison.Ordinal)));

    [Fact]
    public void A_name_means_the_same_wherever_it_is_taken() => Assert.All(TrainingSetting.All, setting =>
    {
        Assert.All(setting.Takers, taker => Assert.Equal((setting.Parameter.Type, setting.Parameter.Doc, setting.Parameter.Expected), (taker.Parameter.Type, taker.Parameter.Doc, taker.Parameter.Expected)));
        Assert.True(setting.Takers.Count == 0 || !TrainingParameters.Common.Contains(setting.Parameter));
        Assert.True(TrainingParameters.Choices.Count(choice => choice.Kinds.Intersect(setting.Takers.Select(taker => taker.Kind)).Any()) < 2);
    });

    [Fact]
    public void No_two_members_of_the_enums_have_one_name() => Assert.Distinct(TrainingParameters.Choices.SelectMany(choice => choice.Kinds).Select(kind => kind.Member));
}
