using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class LabelsFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Weights => _folder["model.pth"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_beside_the_weights()
    {
        LabelsFile.Write(_folder.Path, ["cat", "", " dog ", "Straße"]);

        Assert.Equal(["cat", "", " dog ", "Straße"], LabelsFile.ReadBeside(Weights, 4));
    }

    [Fact]
    public void Without_a_file_classes_are_named_by_number() => Assert.Equal(["0", "1", "2"], LabelsFile.ReadBeside(Weights, 3));

    [Fact]
    public void Declared_names_stand_in_for_a_file_that_is_not_there_and_for_no_other()
    {
        Assert.Equal(["cat", "dog"], LabelsFile.ReadBeside(Weights, 2, ["cat", "dog"]));

        LabelsFile.Write(_folder.Path, ["hen", "pig"]);
        Assert.Equal(["hen", "pig"], LabelsFile.ReadBeside(Weights, 2, ["cat", "dog"]));
    }

    [Theory]
    [InlineData("2 classes", "cat", "dog")]
    [InlineData("1 class", "cat")]
    public void A_file_with_another_count_is_refused(string count, params string[] classes)
    {
        LabelsFile.Write(_folder.Path, classes);

        Assert.Equal(
            $"'{_folder["labels.txt"]}' names {count}, but '{Weights}' tells 3 apart: put the labels.txt there that was written with these weights.",
            Assert.Throws<ModelGenException>(() => LabelsFile.ReadBeside(Weights, 3)).Message);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_read_over()
    {
        File.WriteAllBytes(_folder["labels.txt"], [0xEF, 0xBB, 0xBF, .. "cat\r\ndog\r\n"u8]);

        Assert.Equal(["cat", "dog"], LabelsFile.ReadBeside(Weights, 2));
    }

    [Fact]
    public void A_name_with_a_line_break_is_refused_and_the_old_file_kept()
    {
        LabelsFile.Write(_folder.Path, ["cat"]);

        Assert.Throws<ModelGenException>(() => LabelsFile.Write(_folder.Path, ["a\nb"]));
        Assert.Equal("cat\n", File.ReadAllText(_folder["labels.txt"]));
    }
}
