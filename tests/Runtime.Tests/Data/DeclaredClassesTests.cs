using ModelGen.Data;

namespace ModelGen.Tests.Data;

/// <summary>Data has exactly the classes that a spec declares, under the labels that it gives them.</summary>
public class DeclaredClassesTests : DataFixture
{
    [Fact]
    public void The_declared_classes_are_accepted()
    {
        WriteClasses("train", "cat", "dog");
        WriteClasses("test", "cat", "dog");

        Assert.Equal(["cat", "dog"], Open("cat", "dog").Train.Classes);
        Assert.Equal(2, OpenTest("cat", "dog").Count);
    }

    [Fact]
    public void Other_classes_are_named_with_their_place()
    {
        WriteClasses("", "cat", "dog", "emu");

        Assert.Equal(
            $"The training set (class folders in {Folder}) does not have the classes that the spec declares ('fox' is missing, 'dog' is not declared): change the data or the spec.",
            ErrorOf(() => Open("cat", "emu", "fox")));
    }

    [Fact]
    public void Another_number_of_classes_names_those_that_are_too_many_or_too_few()
    {
        WriteClasses("", "cat", "dog");

        Assert.Contains(" ('emu' is missing): ", ErrorOf(() => Open("cat", "dog", "emu")));
        Assert.Contains(" ('dog' is not declared): ", ErrorOf(() => Open("cat")));
    }

    [Fact]
    public void Each_set_is_checked()
    {
        WriteClasses("train", "cat", "dog");
        WriteClasses("test", "cat", "emu");

        Assert.StartsWith($"The test set (class folders in {At("test")}) does not have", ErrorOf(() => Open("cat", "dog")));
        Assert.StartsWith($"The test set (class folders in {At("test")}) does not have", ErrorOf(() => OpenTest("cat", "dog")));
        Assert.StartsWith($"The training set (class folders in {At("train")}) does not have", ErrorOf(() => Open("cat", "emu")));
    }

    [Fact]
    public void At_most_ten_differences_are_told()
    {
        WriteClasses("", "x");

        Assert.Contains("'k9' is missing and 3 more): ", ErrorOf(() => Open([.. Enumerable.Range(0, 12).Select(i => $"k{i}")])));
    }

    [Fact]
    public void Case_tells_classes_apart()
    {
        WriteClasses("", "cat");

        Assert.Contains(" ('Cat' is missing, 'cat' is not declared): ", ErrorOf(() => Open("Cat")));
    }

    [Fact]
    public void The_same_classes_in_another_order_would_be_other_labels()
    {
        WriteClasses("", "cat", "dog", "emu");

        Assert.Equal(
            $"Label 1 is 'dog' in the training set (class folders in {Folder}), but 'emu' in the spec: "
            + "declare the classes in the order of their labels, which is the order of their folders' names.",
            ErrorOf(() => Open("cat", "emu", "dog")));
    }

    [Fact]
    public void A_network_is_tested_with_the_classes_that_it_was_trained_with()
    {
        WriteClasses("", "cat", "dog", "emu");

        Assert.Equal(
            $"The test set (class folders in {Folder}) does not have the classes that the network was trained with ('bee' is missing, 'emu' is none of them): name a folder with the same classes.",
            ErrorOf(() => OpenTest("bee", "cat", "dog")));
        Assert.Equal(
            $"Label 0 is 'cat' in the test set (class folders in {Folder}), but 'dog' in the network's training: "
            + "labels are the order of the folders' names, so name the folders as they were then.",
            ErrorOf(() => OpenTest("dog", "cat", "emu")));
    }

    [Fact]
    public void The_numbers_in_IDX_files_get_the_declared_names()
    {
        WriteIdx("", "train", 0, 1, 1);
        WriteIdx("", "t10k", 1);

        Assert.Equal(["trouser", "pullover"], Open("trouser", "pullover").Train.Classes);
        Assert.Equal(["trouser", "pullover"], OpenTest("trouser", "pullover").Classes);
    }

    [Fact]
    public void Digits_stand_in_only_for_digits()
    {
        string[] digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        string[] others = [.. digits[..9], "ten"];

        Assert.Equal(10, ImageData.Open(new Options { Limit = 10 }, new(1, 16, 16), 10, names: digits).Train.Count);
        Assert.Equal(
            "The training set (digits drawn with seed 1) does not have the classes that the spec declares ('ten' is missing, '9' is not declared): name a folder with --data.",
            ErrorOf(() => ImageData.Open(new Options(), new(1, 16, 16), 10, names: others)));
    }

    [Fact]
    public void Names_are_as_many_as_classes_and_all_different()
    {
        WriteClasses("", "cat", "dog");

        Assert.Throws<ArgumentException>(() => ImageData.Open(new Options { Data = Folder }, Gray, 2, names: ["cat"]));
        Assert.Throws<ArgumentException>(() => ImageData.OpenTest(new Options { Data = Folder }, Gray, 2, out _, names: ["cat", "cat"]));
    }

    private ImageSet OpenTest(params string[] names) => ImageData.OpenTest(new Options { Data = Folder }, Gray, names.Length, out _, names: names);
}
