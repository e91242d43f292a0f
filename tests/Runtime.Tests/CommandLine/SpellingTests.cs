using ModelGen.CommandLine;

namespace ModelGen.Tests.CommandLine;

/// <summary>The word that was probably meant.</summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("--epoch", "--epochs")]
    [InlineData("--sede", "--seed")]
    [InlineData("--sed", "--seed")]
    [InlineData("--deed", "--seed")]
    [InlineData("--momentum", null)]
    public void The_nearest_word_is_within_a_third_of_the_letters_where_two_swapped_ones_are_one(string written, string? meant) =>
        Assert.Equal(meant, Spelling.Nearest(written, ["--epochs", "--seed"]));

    [Fact]
    public void Words_of_more_than_64_letters_are_not_measured()
    {
        var word = new string('a', 64);

        Assert.Equal(word, Spelling.Nearest(word[1..], [word]));
        Assert.Null(Spelling.Nearest(word, [word + "a"]));
    }
}
