using ModelGen.Data;
using ModelGen.Tests.Training;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Data;

public class ClassFoldersTests : DataFixture
{
    [Fact]
    public void Classes_and_files_are_taken_in_ordinal_order()
    {
        WriteClasses("", "b", "B", "10", "9");
        WriteImage("9/Z.png", 90, 90, 90);
        WriteImage("9/a.png", 91, 91, 91);
        var data = Open(Gray, 4);
        Assert.Equal(["10", "9", "B", "b"], data.Train.Classes);
        Assert.Equal([0, 1, 1, 1, 2, 3], Labels(data.Train));
        Assert.Equal([2, 90, 91, 3, 1, 0], Values(data.Train));
        Assert.Null(data.Test);
        Assert.Equal($"6 training images, 4x6, 4 classes (class folders in {Folder}); decoded 6 images in T s", Timeless(data.Told));
    }

    [Fact]
    public void All_extensions_are_read_in_any_case_and_other_and_hidden_files_are_not()
    {
        string[] names = ["a.jpg", "b.JPEG", "c.Png", "d.webp", "e.bmp"];
        foreach (var name in names)
            WriteImage($"x/{name}", 255, 255, 255);
        Write("x/notes.txt", "none"u8);
        Write("x/.hidden.png", "none"u8);
        Write(".git/config", "none"u8);
        Assert.Equal(5, Open(Gray, 1).Train.Count);
    }

    [Fact]
    public void Train_and_test_folders_are_read_as_such()
    {
        WriteClasses("train", "cat", "dog");
        WriteClasses("test", "cat", "dog");
        WriteImage("test/dog/b.png", 9, 9, 9);
        var data = Open(Gray, 2);
        Assert.Equal([0, 1], Labels(data.Train));
        Assert.Equal([0, 1, 1], Labels(data.Test!));
        Assert.Equal(
            $"2 training and 3 test images, 4x6, 2 classes (class folders in {At("train")} and class folders in {At("test")}); decoded 5 images in T s",
            Timeless(data.Told));
    }

    [Fact]
    public void Train_and_test_among_other_folders_of_images_are_classes()
    {
        WriteClasses("", "exam", "test", "train");
        Assert.Equal(["exam", "test", "train"], Open(Gray, 3).Train.Classes);
    }

    [Fact]
    public void A_limit_keeps_evenly_spaced_images_and_decodes_no_others()
    {
        for (var i = 0; i < 6; i++)
        {
            WriteImage($"a/{i}.png", (byte)i, (byte)i, (byte)i);
            Write($"b/{i}.png", "none"u8);
        }

        WriteImage("b/0.png", 10, 10, 10);
        WriteImage("b/3.png", 13, 13, 13);
        var data = ImageData.Open(new Options { Data = Folder, Limit = 4 }, Gray, 2);
        Assert.Equal([0, 3, 10, 13], Values(data.Train));
        Assert.StartsWith("4 of 12 training images", data.Description);
    }

    [Fact]
    public void A_limit_below_1_is_refused()
    {
        WriteClasses("", "a", "b");
        Assert.Contains("at least 1", ErrorOf(() => ImageData.Open(new Options { Data = Folder, Limit = 0 }, Gray, 2)));
    }

    [Fact]
    public void A_corrupt_image_stops_with_its_path()
    {
        WriteClasses("", "a", "b");
        var path = Write("b/bad.jpg", "none"u8);
        Assert.StartsWith($"'{path}' cannot be decoded: ", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void Corrupt_images_can_be_left_out_and_are_counted()
    {
        WriteClasses("", "a", "b", "c");
        Write("a/bad.jpg", "none"u8);
        Write("b/0.png", ""u8);
        var data = Open(Gray, 3, skipUnreadable: true);
        Assert.Equal([0, 1, 2], Labels(data.Train));
        Assert.Equal([0, 1, 2], Values(data.Train));
        Assert.Equal(
            $"3 of 5 training images, 4x6, 3 classes (class folders in {Folder}), left out 2 that cannot be decoded; decoded 3 images in T s",
            Timeless(data.Told));
    }

    [Fact]
    public async Task A_pipe_among_the_images_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        WriteClasses("", "a", "b");
        var (image, pipe) = (File.ReadAllBytes(WriteImage("a/1.png", 7, 7, 7)), At("b", "pipe.png"));
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync();
        // Whoever opens it reads an image: that it can't be decoded shows that nobody did.
        var writer = Task.Run(() =>
        {
            using var stream = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            stream.Write(image);
        });

        Assert.StartsWith($"'{pipe}' cannot be decoded: ", ErrorOf(() => Open(Gray, 2)));
        File.ReadAllBytes(pipe);
        await writer;
    }

    [Fact]
    public void Files_of_other_types_are_counted()
    {
        WriteClasses("", "a", "b");
        Write("a/w.gif", "GIF89a"u8);
        Assert.Equal(
            $"2 training images, 4x6, 2 classes (class folders in {Folder}), left out 1 file of other types; decoded 2 images in T s",
            Timeless(Open(Gray, 2).Told));
    }

    [Fact]
    public void Images_of_another_size_are_never_left_out()
    {
        WriteClasses("", "a");
        var path = WriteImage("a/large.png", 1, 1, 1, width: 7);
        Assert.Contains(path, ErrorOf(() => Open(Gray, 1, skipUnreadable: true)));
    }

    [Fact]
    public void At_least_one_image_must_be_readable()
    {
        Write("a/bad.jpg", "none"u8);
        Assert.Contains($"'{Folder}'", ErrorOf(() => Open(Gray, 1, skipUnreadable: true)));
    }

    [Fact]
    public void A_class_is_not_left_out_with_all_its_images()
    {
        WriteClasses("", "a", "b");
        Write("c/bad.jpg", "none"u8);
        Write("c/worse.png", "none"u8);
        var sentence = $"None of the image files in '{At("c")}' can be decoded, and each class needs some: put others there.";
        Assert.Equal(sentence, ErrorOf(() => Open(Gray, 3, skipUnreadable: true)));
        Assert.Equal([0], Labels(ImageData.Open(new Options { Data = Folder, Cache = false, Limit = 1 }, Gray, 3, skipUnreadable: true).Train));
    }

    [Fact]
    public void An_empty_class_is_named()
    {
        WriteClasses("", "a", "c");
        Write("b/readme.txt", "none"u8);
        Assert.StartsWith($"The class folder '{At("b")}' holds no images", ErrorOf(() => Open(Gray, 3)));
    }

    [Fact]
    public void Folders_within_a_class_are_refused_rather_than_overlooked()
    {
        WriteClasses("", "a");
        WriteImage("a/inner/x.png", 1, 1, 1);
        Assert.StartsWith($"The class folder '{At("a")}' holds the folder 'inner'", ErrorOf(() => Open(Gray, 1)));
    }

    [Fact]
    public void Images_beside_the_class_folders_are_refused_rather_than_overlooked()
    {
        WriteClasses("", "a");
        WriteImage("x.png", 1, 1, 1);
        Assert.StartsWith($"'{Folder}' holds images beside its class folders (the first is 'x.png')", ErrorOf(() => Open(Gray, 1)));
    }

    [Fact]
    public void Images_without_class_folders_are_refused()
    {
        WriteImage("x.png", 1, 1, 1);
        Assert.StartsWith($"'{Folder}' holds images in no class folder", ErrorOf(() => Open(Gray, 1)));
    }

    [Fact]
    public void Another_number_of_classes_than_outputs_is_refused_with_at_most_ten_names()
    {
        WriteClasses("", [.. Enumerable.Range(0, 12).Select(i => $"c{i:00}")]);
        Assert.Equal(
            $"The network's last layer gives 10 outputs, but '{Folder}' has 12 classes (c00, c01, c02, c03, c04, c05, c06, c07, c08, c09 and 2 more): change the last layer or the folder.",
            ErrorOf(() => Open(Gray, 10)));
    }

    [Fact]
    public void What_it_took_to_decode_them_is_told_and_is_nothing_that_a_run_remembers_of_its_data()
    {
        WriteClasses("", "a", "b");
        var test = new TestRun(new TestOptions { Out = At("out") });
        var run = test.Start(setup => setup with { Data = Open(Gray, 2) });
        run.NextEpoch(new TestBatches(1))!.Complete(new Scores(0.5, 0.5, 2), null);

        var description = $"2 training images, 4x6, 2 classes (class folders in {Folder})";
        Assert.Contains($"\nData: {description}; decoded 2 images in T s\n", Timeless(test.Terminal.Out));
        Assert.Equal(description, CheckpointFile.ReadHeader(At("out", "last.ckpt")).Data);
    }
}
