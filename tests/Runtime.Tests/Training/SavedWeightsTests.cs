using System.IO.Compression;
using ModelGen.Formats;
using ModelGen.Tests.Formats;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Training;

/// <summary>The file that <c>--save</c> names, beside those of the run's folder.</summary>
public sealed class SavedWeightsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("WEIGHTS.SafeTensors")]
    public void Each_epoch_writes_the_weights_as_safetensors_where_the_name_ends_so(string name)
    {
        Train(_folder[name]);

        Assert.Equal(["fc.weight"], SafetensorsFile.Read(_folder[name]).Entries.Select(entry => entry.Name));
        Assert.True(File.Exists(_folder["out/model.pth"]));
    }

    [Theory]
    [InlineData("weights.pth")]
    [InlineData("new/folder/weights")]
    public void Any_other_name_is_a_state_dict_of_pytorchs_and_its_folder_is_made(string name)
    {
        Train(_folder[name]);

        Sample.AssertEqual(PthFile.Read(_folder["out/model.pth"]), PthFile.Read(_folder[name]));
    }

    [Theory]
    [InlineData("", "is a folder, and a file has to be written there: move it away or name another file with --save.")]
    [InlineData("file/weights.pth", "is a file: name another file with --save.")]
    public void A_place_that_cannot_be_written_is_refused_before_anything_is_trained(string name, string sentence)
    {
        _folder.Write("file", "x"u8);
        Directory.CreateDirectory(_folder["out"]);
        var place = name.Length == 0 ? _folder["out"] : _folder[name];

        Assert.Contains(sentence, Assert.Throws<ModelGenException>(() => Train(place)).Message, StringComparison.Ordinal);
        Assert.Equal(["file", "out"], _folder.Entries);
    }

    [Theory]
    [InlineData("older.pth", "older.pth")]
    [InlineData("older.safetensors", "older.safetensors")]
    [InlineData("older.pth", "older.safetensors")]
    [InlineData("older.safetensors", "older.pth")]
    public void Earlier_weights_are_replaced_whatever_they_are_called(string earlier, string name)
    {
        Train(_folder[earlier]);
        File.Move(_folder[earlier], _folder[name], overwrite: true);

        Train(_folder[name]);
    }

    [Fact]
    public void A_file_that_is_empty_and_one_of_an_older_pytorch_are_replaced_too()
    {
        _folder.Write("empty", []);
        _folder.Write("legacy.pth", [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]);

        Train(_folder["empty"]);
        Train(_folder["legacy.pth"]);

        Sample.AssertEqual(PthFile.Read(_folder["empty"]), PthFile.Read(_folder["legacy.pth"]));
    }

    [Fact]
    public void A_file_of_something_else_is_not_lost()
    {
        _folder.Write("photo.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D]);
        _folder.Write("notes.pth", "{ \"learning_rate\": 0.1 }"u8);
        using (var letter = ZipFile.Open(_folder["letter.docx"], ZipArchiveMode.Create))
            letter.CreateEntry("word/document.xml");
        foreach (var name in _folder.Entries)
        {
            var before = File.ReadAllBytes(_folder[name]);

            Assert.Equal(
                $"'{_folder[name]}' is there already and holds no tensors, which is all that --save replaces: move it away, or name another file.",
                Assert.Throws<ModelGenException>(() => Train(_folder[name])).Message);
            Assert.Equal(
                $"'{_folder[name]}' is there already and holds no tensors, which is all that --save-optimizer replaces: move it away, or name another file.",
                Assert.Throws<ModelGenException>(() => new TestRun(new TestOptions { Out = _folder["out"], SaveOptimizer = _folder[name] }).Start()).Message);
            Assert.Equal(before, File.ReadAllBytes(_folder[name]));
        }

        Assert.Equal(["letter.docx", "notes.pth", "photo.png"], _folder.Entries);
    }

    [Theory]
    [InlineData("out/best.ckpt")]
    [InlineData("out/labels.txt")]
    [InlineData("out/epoch-0002.ckpt")]
    [InlineData("out/eval.json")]
    public void The_runs_own_files_are_not_taken_for_it(string name)
    {
        Assert.Equal($"'{_folder[name]}' is a file that the run writes itself: name another one with --save.", Assert.Throws<ModelGenException>(() => Train(_folder[name])).Message);
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public void Weights_are_read_by_the_extension_too()
    {
        Train(_folder["weights.safetensors"]);

        Assert.Equal(5f, WeightsFile.Map(_folder["weights.safetensors"], state => BitConverter.ToSingle(state.Entries[0].Tensor.Data.Span)));
    }

    private void Train(string save)
    {
        var test = new TestRun(new TestOptions { Out = _folder["out"], Save = save });
        var run = test.Start();
        test.State.Weight = 5;
        run.NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
        test.End();
    }
}
