using ModelGen.Data;

namespace ModelGen.Tests.Data;

public class IdxFilesTests : DataFixture
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Labels1 = "train-labels-idx1-ubyte";

    [Fact]
    public void The_training_and_the_test_pair_are_read()
    {
        WriteIdx("", "train", 3, 0, 9);
        WriteIdx("", "t10k", 5, 5);
        var data = Open(Gray, 10);
        Assert.Equal([3, 0, 9], Labels(data.Train));
        Assert.Equal([0, 1, 2], Values(data.Train));
        Assert.Equal([5, 5], Labels(data.Test!));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], data.Train.Classes);
        Assert.Equal($"3 training and 2 test images, 4x6, 10 classes (IDX files in {Folder})", data.Description);
    }

    [Fact]
    public void Gray_fills_all_channels()
    {
        WriteIdx("", "train", 0, 1);
        Assert.Equal(Enumerable.Repeat((byte)1, 72), Open(Colour, 2).Train.Pixels(1).ToArray());
    }

    [Theory]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", false)]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", true)]
    [InlineData("train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz", true)]
    public void Dots_and_gzip_are_understood(string images, string labels, bool gzipped)
    {
        var (imageBytes, labelBytes) = (Idx(8, [2, 4, 6], [.. Enumerable.Range(0, 48).Select(i => (byte)i)]), Idx(8, [2], [1, 0]));
        Write(images, gzipped ? Gzip(imageBytes) : imageBytes);
        Write(labels, gzipped ? Gzip(labelBytes) : labelBytes);
        var train = Open(Gray, 2).Train;
        Assert.Equal([1, 0], Labels(train));
        Assert.Equal(Enumerable.Range(24, 24).Select(i => (byte)i), train.Pixels(1).ToArray());
    }

    [Fact]
    public void A_limit_keeps_evenly_spaced_images_of_both_sets()
    {
        WriteIdx("", "train", [.. Enumerable.Range(0, 10).Select(i => (byte)i)]);
        WriteIdx("", "t10k", [.. Enumerable.Range(0, 8).Select(i => (byte)i)]);
        var data = ImageData.Open(new Options { Data = Folder, Limit = 4 }, Gray, 10);
        Assert.Equal([0, 2, 5, 7], Values(data.Train));
        Assert.Equal([0, 2, 5, 7], Labels(data.Train));
        Assert.Equal([0, 2, 4, 6], Labels(data.Test!));
        Assert.StartsWith("4 of 10 training and 4 of 8 test images", data.Description);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused_by_name()
    {
        WriteIdx("", "train", 0, 1);
        var images = File.ReadAllBytes(At(Images));
        for (var length = 0; length < images.Length; length++)
        {
            Write(Images, images.AsSpan(0, length));
            Assert.StartsWith($"'{At(Images)}' ", ErrorOf(() => Open(Gray, 2)));
        }
    }

    [Fact]
    public void A_gzip_file_cut_short_anywhere_is_refused_by_name()
    {
        WriteIdx("", "train", 0, 1);
        var labels = Gzip(File.ReadAllBytes(At(Labels1)));
        File.Delete(At(Labels1));
        // The last ten bytes are the end mark, the checksum and the length: without them all values are there.
        for (var length = 0; length < labels.Length - 10; length++)
        {
            Write(Labels1 + ".gz", labels.AsSpan(0, length));
            Assert.StartsWith($"'{At(Labels1)}.gz' ", ErrorOf(() => Open(Gray, 2)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_beyond_the_announced_ones_are_refused(bool gzipped)
    {
        WriteIdx("", "train", 0, 1);
        var images = (byte[])[.. File.ReadAllBytes(At(Images)), 0];
        File.Delete(At(Images));
        var path = Write(gzipped ? Images + ".gz" : Images, gzipped ? Gzip(images) : images);
        Assert.Contains($"'{path}'", ErrorOf(() => Open(Gray, 2)));
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, "not an IDX file")]
    [InlineData(new byte[] { 0, 0, 0x0D, 3, 0, 0, 0, 1 }, "type 0x0D")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1 }, "of dimension 1")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 0 }, "a size of 0")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0xFF, 0xFF, 0xFF, 0xFF }, "a size of 4294967295")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 1, 0, 0 }, "a size of 65536")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0x7F, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF }, "its header announces")]
    public void A_wrong_header_is_refused_before_anything_is_allocated(byte[] header, string reason)
    {
        WriteIdx("", "train", 0, 1);
        Write(Images, header);
        var error = ErrorOf(() => Open(Gray, 2));
        Assert.StartsWith($"'{At(Images)}' ", error);
        Assert.Contains(reason, error);
    }

    [Fact]
    public void A_gzip_file_that_announces_more_than_it_can_hold_is_refused()
    {
        WriteIdx("", "train", 0, 1);
        File.Delete(At(Images));
        Write(Images + ".gz", Gzip(Idx(8, [2_000_000_000, 4, 6], [])));
        Assert.Contains("announces 48000000000 bytes", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void An_image_that_no_array_can_hold_is_refused()
    {
        WriteIdx("", "train", 0, 1);
        File.Delete(At(Images));
        Write(Images + ".gz", [.. Gzip(Idx(8, [1, 65_535, 65_535], [])), .. new byte[4_200_000]]);
        Assert.Contains("announces images of 65535x65535 pixels", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void What_is_called_gz_but_is_not_gzipped_is_refused()
    {
        WriteIdx("", "train", 0, 1);
        File.Move(At(Labels1), At(Labels1 + ".gz"));
        Assert.Contains("not a gzip file", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void Images_and_labels_must_be_as_many()
    {
        WriteIdx("", "train", 0, 1);
        Write(Labels1, Idx(8, [3], [0, 1, 0]));
        Assert.StartsWith($"'{At(Labels1)}' has 3 labels for the 2 images in '{At(Images)}'", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void A_label_without_an_output_is_refused_with_its_place()
    {
        WriteIdx("", "train", 0, 1, 7, 8);
        Assert.StartsWith($"'{At(Labels1)}' gives image 2 (counted from 0) the label 7, but the network's last layer gives 5 outputs", ErrorOf(() => Open(Gray, 5)));
    }

    [Fact]
    public void Another_size_is_refused_with_both_sizes()
    {
        WriteIdx("", "train", 0);
        Assert.Contains("images 6 pixels wide and 4 high, but the network takes images 28 wide and 28 high", ErrorOf(() => Open(new(1, 28, 28), 2)));
    }

    [Theory]
    [InlineData(Labels1, "has no labels beside it")]
    [InlineData(Images, "has no images beside it")]
    public void Half_a_pair_is_refused(string missing, string reason)
    {
        WriteIdx("", "train", 0);
        File.Delete(At(missing));
        var error = ErrorOf(() => Open(Gray, 2));
        Assert.Contains(reason, error);
        Assert.Contains($"'{missing}'", error);
    }

    [Fact]
    public void A_file_that_another_program_has_locked_is_named()
    {
        WriteIdx("", "train", 0);
        using var locked = new FileStream(At(Images), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.StartsWith($"'{At(Images)}' cannot be read: ", ErrorOf(() => Open(Gray, 2)));
    }

    [Fact]
    public void Images_of_another_size_are_resized_as_the_network_wants_them()
    {
        WriteIdx("", "train", 0, 1);
        var stretched = ImageData.Open(new Options { Data = Folder }, new(3, 8, 8), 2, resize: Resize.Stretch).Train;
        var fitted = ImageData.Open(new Options { Data = Folder }, new(1, 6, 6), 2, resize: Resize.Fit).Train;

        Assert.All(stretched.Pixels(1).ToArray(), value => Assert.Equal(1, value));
        Assert.Equal(stretched.Pixels(1), ImageData.Open(new Options { Data = Folder, Overfit = 2 }, new(3, 8, 8), 2, resize: Resize.Stretch).Test!.Pixels(1));

        // Four rows of ones in the middle of six.
        Assert.Equal([.. new byte[6], .. Enumerable.Repeat((byte)1, 24), .. new byte[6]], fitted.Pixels(1));
    }
}
