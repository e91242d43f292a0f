using ModelGen.Data;

namespace ModelGen.Tests.Data;

/// <summary>Which folders hold what, and which of it is trained on and tested with.</summary>
public class DataFolderTests : DataFixture
{
    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.StartsWith($"There is no folder '{At("none")}'", ErrorOf(() => ImageData.Open(new Options { Data = At("none") }, Gray, 2)));

    [Fact]
    public void A_file_is_not_a_folder()
    {
        var path = Write("data.zip", "none"u8);
        Assert.StartsWith($"'{path}' is a file", ErrorOf(() => ImageData.Open(new Options { Data = path }, Gray, 2)));
    }

    [Fact]
    public void A_folder_with_nothing_usable_says_what_was_looked_for()
    {
        Write("readme.txt", "none"u8);
        var error = ErrorOf(() => Open(Gray, 2));
        Assert.StartsWith($"'{Folder}' holds no data", error);
        Assert.Contains("train-images-idx3-ubyte", error);
    }

    [Fact]
    public void An_empty_train_folder_is_named()
    {
        WriteClasses("test", "a", "b");
        Directory.CreateDirectory(At("train"));
        Assert.StartsWith($"'{At("train")}' holds no data", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void The_parts_may_be_IDX_files_under_either_name()
    {
        WriteIdx("train", "train", 0, 1);
        WriteIdx("test", "train", 1);
        var data = Open(Gray, 2);
        Assert.Equal([0, 1], Labels(data.Train));
        Assert.Equal([1], Labels(data.Test!));
    }

    [Fact]
    public void Test_data_alone_cannot_be_trained_on_but_tested_with()
    {
        WriteIdx("", "t10k", 1);
        Assert.StartsWith($"'{Folder}' holds test data only", ErrorOf(() => Open(Gray, 2)));
        Assert.Equal(1, ImageData.OpenTest(new Options { Data = Folder }, Gray, 2, out _).Count);
    }

    [Fact]
    public void A_lone_test_folder_is_test_data()
    {
        WriteClasses("test", "a", "b");
        Assert.StartsWith($"'{Folder}' holds test data only", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void Test_data_may_lie_elsewhere_and_wins()
    {
        WriteClasses("all/train", "0", "1");
        WriteClasses("all/test", "0", "1");
        WriteIdx("more", "t10k", 0, 1, 1);
        var options = new Options { Data = At("all"), TestData = At("more") };
        var data = ImageData.Open(options, Gray, 2);
        Assert.Equal((2, 3), (data.Train.Count, data.Test!.Count));
        Assert.EndsWith($"(class folders in {At("all", "train")} and IDX files in {At("more")}); decoded 2 images in T s", Timeless(data.Told));
        Assert.Equal(3, ImageData.OpenTest(options, Gray, 2, out _).Count);
    }

    [Fact]
    public void To_test_the_test_part_is_read_and_the_training_part_is_not()
    {
        WriteClasses("test", "a", "b");
        Write("train/a/bad.jpg", "none"u8);
        Write("train/b/bad.jpg", "none"u8);
        ImageData.OpenTest(new Options { Data = Folder }, Gray, 2, out var description);
        Assert.Equal($"2 test images, 4x6, 2 classes (class folders in {At("test")}); decoded 2 images in T s", Timeless(description));
    }

    [Fact]
    public void To_test_a_single_set_is_read_as_it_is()
    {
        WriteClasses("", "a", "b");
        Assert.Equal(2, ImageData.OpenTest(new Options { Data = Folder }, Gray, 2, out var description).Count);
        Assert.StartsWith("2 test images", description);
        Assert.EndsWith("; no test set is kept apart there, so a network may have learned from these", description);
        Assert.Equal(2, ImageData.OpenTest(new Options { TestData = Folder }, Gray, 2, out description).Count);
        Assert.DoesNotContain("no test set", description);
    }

    [Theory]
    [InlineData("val")]
    [InlineData("valid")]
    [InlineData("validation")]
    public void A_set_to_judge_epochs_by_is_not_passed_over_in_silence(string name)
    {
        WriteClasses("train", "a", "b");
        WriteClasses(name, "a", "b");
        var leftOut = $", left out '{At(name)}', which --test-data can name";
        Assert.EndsWith($"(class folders in {At("train")}){leftOut}", Open(Gray, 2).Description);
        ImageData.OpenTest(new Options { Data = Folder }, Gray, 2, out var description);
        Assert.Contains(leftOut, description);

        var named = ImageData.Open(new Options { Data = Folder, TestData = At(name) + "/" }, Gray, 2);
        Assert.Equal((2, 2), (named.Train.Count, named.Test!.Count));
        Assert.DoesNotContain("left out", named.Description);
    }

    [Fact]
    public void Different_classes_in_train_and_test_are_named()
    {
        WriteClasses("train", "cat", "dog");
        WriteClasses("test", "cat", "emu");
        var error = ErrorOf(() => Open(Gray, 2));
        Assert.Contains("'dog' is only in the training set, 'emu' is only in the test set", error);
        Assert.Equal(error, ErrorOf(() => ImageData.OpenTest(new Options { Data = Folder }, Gray, 2, out _)));
    }

    [Fact]
    public void Digits_can_be_drawn_to_train_for_a_given_test_set()
    {
        Write("t10k-images-idx3-ubyte", Idx(8, [1, 28, 28], new byte[784]));
        Write("t10k-labels-idx1-ubyte", Idx(8, [1], [3]));
        var data = ImageData.Open(new Options { TestData = Folder, Limit = 20 }, new(1, 28, 28), 10);
        Assert.Equal((20, 1), (data.Train.Count, data.Test!.Count));
        Assert.Equal($"20 training and 1 test images, 28x28, 10 classes (digits drawn with seed 1 and IDX files in {Folder})", data.Description);
    }
}
