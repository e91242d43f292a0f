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
    }
}
