using CsCheck;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

/// <summary>A part of the training images is held out to judge epochs by.</summary>
public sealed class HeldOutTests
{
    [Fact]
    public void Each_class_has_the_same_share_when_stratified()
    {
        var (stay, held) = Split(Images(900, 90, 10), 0.1, seed: 1, stratified: true);

        Assert.Equal([90, 9, 1], Counts(held));
        Assert.Equal([810, 81, 9], Counts(stay));
    }

    [Fact]
    public void Otherwise_only_all_together_have_it() => Assert.Equal(100, Split(Images(900, 90, 10), 0.1, seed: 1, stratified: false).Held.Length);

    [Fact]
    public void Every_image_is_on_one_side_and_the_seed_decides_on_which() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[2, 60], Gen.Double[0.2, 0.8], Gen.Int, Gen.Bool).Sample((cats, dogs, share, seed, stratified) =>
        {
            var images = Images(cats, dogs);
            var (stay, held) = Split(images, share, seed, stratified);
            Assert.Equal(Enumerable.Range(0, images.Count), stay.Concat(held).Order());
            Assert.Equal(stay, stay.Order());
            Assert.Equal(held, Split(images, share, seed, stratified).Held);
        });

    [Fact]
    public void Another_seed_holds_out_others() =>
        Assert.NotEqual(Split(Images(100, 100), 0.5, 1, true).Held, Split(Images(100, 100), 0.5, 2, true).Held);

    [Theory]
    [InlineData(0.01, "nothing to judge epochs by")]
    [InlineData(0.99, "nothing to learn from")]
    public void Too_few_images_are_refused(double share, string leaves)
    {
        var error = Assert.Throws<ModelGenException>(() => Split(Images(3, 2), share, 1, stratified: true));

        Assert.Equal(FormattableString.Invariant($"A validation_share of {share} of 5 training samples leaves {leaves}: use more of them, or another share."), error.Message);
    }

    [Fact]
    public void One_image_is_one_sample() =>
        Assert.Contains(" of 1 training sample leaves ", Assert.Throws<ModelGenException>(() => Split(Images(1), 0.2, 1, stratified: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_images_are_the_same_ones()
    {
        var images = Images(5, 5);
        var data = new ImageData(images, Images(1, 1), "ten images").HoldOut(new Training.TestOptions { Seed = 3 }, 0.2, stratified: true);
        var (stay, held) = Split(images, 0.2, 3, true);

        Assert.Equal(stay.Select(index => images.Pixels(index)[0]), Enumerable.Range(0, 8).Select(index => data.Train.Pixels(index)[0]));
        Assert.Equal(held.Select(index => (images.Pixels(index)[0], images.Label(index))), Enumerable.Range(0, 2).Select(index => (data.Test!.Pixels(index)[0], data.Test.Label(index))));
        Assert.Equal("ten images; 2 training images are held out to judge each epoch, and the test images are not used", data.Description);
    }

    [Theory]
    [InlineData(new[] { 5, 5 }, "; 2 training images are held out to judge each epoch")]
    [InlineData(new[] { 5, 1 }, "; 1 training image is held out to judge each epoch, none of the class 'class 1'")]
    [InlineData(new[] { 2, 5, 0, 1 }, "; 1 training image is held out to judge each epoch, none of the classes 'class 0', 'class 3'")]
    public void A_class_with_too_few_images_to_be_judged_is_named(int[] counts, string words) => Assert.Equal(
        "images" + words, new ImageData(Images(counts), null, "images").HoldOut(new Training.TestOptions(), 0.2, stratified: true).Description);

    [Fact]
    public void A_class_with_too_few_rows_to_be_judged_is_named()
    {
        var rows = new TableSet(new float[6], [0, 0, 0, 0, 0, 1], ["common", "rare"]);

        Assert.Equal(
            "rows; 1 training row is held out to judge each epoch, none of the class 'rare', and the test rows are not used",
            new TableData(rows, rows, "rows").HoldOut(new Training.TestOptions(), 0.2, stratified: true).Description);
        Assert.Equal(
            "rows; 2 training rows are held out to judge each epoch",
            new TableData(new TableSet(new float[8], new float[8], 1), null, "rows").HoldOut(new Training.TestOptions(), 0.2, stratified: true).Description);
    }

    /// <summary>So many images of each class, one after the other, each with its number for a pixel.</summary>
    private static ImageSet Images(params int[] counts)
    {
        var labels = counts.SelectMany((count, label) => Enumerable.Repeat(label, count)).ToArray();
        return new ImageSet(new(1, 1, 1), [.. labels.Select((_, index) => (byte)index)], labels, [.. counts.Select((_, label) => $"class {label}")]);
    }

    private static (int[] Stay, int[] Held) Split(ImageSet images, double share, int seed, bool stratified) =>
        HeldOut.Split(images.Count, images.Label, share, seed, stratified);

    private static IEnumerable<int> Counts(int[] indices) =>
        indices.GroupBy(index => index < 900 ? 0 : index < 990 ? 1 : 2).OrderBy(group => group.Key).Select(group => group.Count());
}
