using ModelGen.Data;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.Data;

/// <summary>Images that are in memory already fit the network, or one sentence says why not.</summary>
public sealed class ImageDataForTests
{
    private static readonly ImageShape Shape = new(1, 1, 2);
    private static readonly string[] Classes = ["cat", "dog"];

    [Fact]
    public void Data_that_fits_is_taken_as_it_is()
    {
        var data = new ImageData(Images(10), Images(4), "arrays");

        Assert.Same(data, data.For(new TestOptions(), Shape, classes: 2, Classes));
    }

    [Fact]
    public void A_limit_keeps_evenly_spaced_images_of_each_set()
    {
        var data = new ImageData(Images(10), Images(4), "arrays").For(new TestOptions { Limit = 5 }, Shape, classes: 2);

        Assert.Equal([0, 2, 4, 6, 8], FirstPixels(data.Train));
        Assert.Equal([0, 1, 2, 3], FirstPixels(data.Test!));
        Assert.Equal([0, 0, 0, 0, 0], Enumerable.Range(0, 5).Select(data.Train.Label));
        Assert.Equal("arrays; at most 5 of each set", data.Description);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_limit_that_leaves_nothing_is_refused_for_images_and_rows(int limit)
    {
        var options = new TestOptions { Limit = limit };
        var rows = new TableSet([1, 2], [3, 4], targetCount: 1);

        Assert.Equal(
            $"A limit of {limit} images leaves nothing to use: --limit must be at least 1.",
            Assert.Throws<ModelGenException>(() => new ImageData(Images(10), null, "arrays").For(options, Shape, classes: 2)).Message);
        Assert.Equal(
            $"A limit of {limit} rows leaves nothing to use: --limit must be at least 1.",
            Assert.Throws<ModelGenException>(() => new TableData(rows, null, "arrays").For(options, new() { Targets = ["y"] }, features: 1)).Message);
    }

    [Fact]
    public void Overfitting_tests_on_the_images_that_are_learned()
    {
        var data = new ImageData(Images(10), Images(4), "arrays").For(new TestOptions { Overfit = 2 }, Shape, classes: 2);

        Assert.Equal([0, 5], FirstPixels(data.Train));
        Assert.Same(data.Train, data.Test);
        Assert.Same(JudgingSet.Overfit, data.Judging);
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused_in_one_sentence()
    {
        Refuses("The training set has no images: give at least one.", Images(0), null);
        Refuses("The test set has no images: give at least one, or no test set.", Images(1), Images(0));
        Refuses("The training set's images are 1x2x1, but the network takes 1x1x2: give such images, or change the network's input.", new ImageSet(new(1, 2, 1), new byte[2], [0], Classes), null);
        Refuses("The training set has 3 classes, but the network tells 2 apart: give both the same number.", Images(1, "cat", "dog", "cow"), null);
        Refuses("Label 0 is 'dog' in the test set, but 'cat' was expected: name the classes in the same order.", Images(1), Images(1, "dog", "cat"));
        Refuses("Label 1 is 'cow' in the training set, but 'dog' was expected: name the classes in the same order.", Images(1, "cat", "cow"), null, Classes);
    }

    private static void Refuses(string sentence, ImageSet train, ImageSet? test, string[]? names = null) => Assert.Equal(
        sentence, Assert.Throws<ModelGenException>(() => new ImageData(train, test, "arrays").For(new TestOptions(), Shape, classes: 2, names)).Message);

    private static ImageSet Images(int count, params string[] classes)
    {
        classes = classes.Length == 0 ? Classes : classes;
        return new ImageSet(Shape, [.. Enumerable.Range(0, count).SelectMany(i => new[] { (byte)i, (byte)255 })], [.. Enumerable.Range(0, count).Select(i => i % 2)], classes);
    }

    private static IEnumerable<int> FirstPixels(ImageSet images) => Enumerable.Range(0, images.Count).Select(i => (int)images.Pixels(i)[0]);
}
