using ModelGen.Formats;
using ModelGen.Formats.Pickle;
using ModelGen.Formats.Zip;

namespace ModelGen.Tests.Formats;

/// <summary>An optimizer's state_dict in a file: found, read as it was written, or refused by what is wrong with it.</summary>
public sealed class PthOptimizerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_comes_back()
    {
        PthFile.WriteOptimizer(_folder["optimizer.pth"], Sample.Optimizer);

        Assert.Equal(Describe(Sample.Optimizer), PthFile.MapOptimizer(_folder["optimizer.pth"], Describe));
    }

    [Theory]
    [InlineData("")]
    [InlineData("optimizer")]
    [InlineData("optimizer_state_dict")]
    public void It_is_found_alone_or_under_any_key_of_a_checkpoint(string key)
    {
        var pickle = new PickleAssembler();
        if (key.Length > 0)
            pickle.Op(Opcode.EMPTY_DICT).Text("model").Op(Opcode.EMPTY_DICT).Text("w").Tensor(4, 0, [4], [1]).Op(Opcode.SETITEM).Op(Opcode.SETITEM).Text(key);
        Optimizer(pickle, [0], numbers: [0]);
        if (key.Length > 0)
            pickle.Op(Opcode.SETITEM);

        Assert.Equal("lr=0.5 1 parameter | 0: step=3", Read(pickle));
    }

    [Fact]
    public void A_count_may_be_a_number_and_a_state_none()
    {
        PthFile.WriteOptimizer(_folder["optimizer.pth"], Sample.Optimizer);

        Assert.Equal(3.0, OptimizerStateDict.Number(new StoredTensor(ElementType.Float64, [], BitConverter.GetBytes(3.0))));
        PthFile.MapOptimizer(_folder["optimizer.pth"], state =>
        {
            Assert.Null(state.States[0]["exp_avg_sq"]);
            return true;
        });
    }

    [Theory]
    [InlineData(new long[] { 0, 0 }, new long[] { }, "has the parameter 0 twice in 'param_groups'")]
    [InlineData(new long[] { 0, 2 }, new long[] { }, "has the parameter 2 in 'param_groups', where 2 parameters are numbered from 0 on")]
    [InlineData(new long[] { -1 }, new long[] { }, "has the parameter -1 in 'param_groups', where 1 parameters are numbered from 0 on")]
    [InlineData(new long[] { 0, 1 }, new long[] { 2 }, "has a state of the parameter 2, where 'param_groups' has 2 parameters, numbered from 0 on")]
    [InlineData(new long[] { 0 }, new long[] { -1 }, "has a state of the parameter -1, where 'param_groups' has 1 parameters, numbered from 0 on")]
    [InlineData(new long[] { 0 }, new long[] { long.MaxValue }, "has a state of the parameter 9223372036854775807, where 'param_groups' has 1 parameters, numbered from 0 on")]
    public void Numbers_that_are_no_parameters_are_refused(long[] parameters, long[] numbers, string what) =>
        AssertRefused(Optimizer(new PickleAssembler(), parameters, numbers), what);

    public static TheoryData<string, string> Incomplete => new()
    {
        { "no groups", "has an optimizer's state without the list 'param_groups'" },
        { "no state", "has an optimizer's 'param_groups' without the dict 'state'" },
        { "no params", "has a group in 'param_groups' without the list 'params'" },
        { "names", "has something else than numbers in the 'params' of a group" },
        { "state by name", "has a state under 'w', where an optimizer has the numbers of parameters" },
        { "state is text", "has a state of the parameter 0 that is no dict" },
        { "entry is text", "has something else than a tensor or a number under 'state.0.step'" },
        { "two", "holds the state of an optimizer under 'g' and of another under 'd'" },
        { "none", "holds no optimizer's state_dict, a dict with 'state' and 'param_groups'" },
        { "itself", "has a state of the parameter 0 that is no dict" },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void What_lacks_or_is_of_another_kind_is_named(string what, string sentence)
    {
        var pickle = new PickleAssembler().Op(Opcode.EMPTY_DICT);
        switch (what)
        {
            case "no groups":
                pickle.Text("state").Op(Opcode.EMPTY_DICT).Number(0).Op(Opcode.EMPTY_DICT).Op(Opcode.SETITEM).Op(Opcode.SETITEM);
                break;
            case "no state":
                Groups(pickle, [0]);
                break;
            case "no params":
                pickle.Text("param_groups").Op(Opcode.EMPTY_LIST).Op(Opcode.EMPTY_DICT).Op(Opcode.APPEND).Op(Opcode.SETITEM);
                break;
            case "names":
                pickle.Text("param_groups").Op(Opcode.EMPTY_LIST).Op(Opcode.EMPTY_DICT).Text("params").Op(Opcode.EMPTY_LIST).Text("w").Op(Opcode.APPEND).Op(Opcode.SETITEM)
                    .Op(Opcode.APPEND).Op(Opcode.SETITEM);
                break;
            case "state by name":
                Groups(pickle, [0]).Text("state").Op(Opcode.EMPTY_DICT).Text("w").Op(Opcode.EMPTY_DICT).Op(Opcode.SETITEM).Op(Opcode.SETITEM);
                break;
            case "state is text":
                Groups(pickle, [0]).Text("state").Op(Opcode.EMPTY_DICT).Number(0).Text("w").Op(Opcode.SETITEM).Op(Opcode.SETITEM);
                break;
            case "entry is text":
                Groups(pickle, [0]).Text("state").Op(Opcode.EMPTY_DICT).Number(0).Op(Opcode.EMPTY_DICT).Text("step").Text("3").Op(Opcode.SETITEM).Op(Opcode.SETITEM).Op(Opcode.SETITEM);
                break;
            case "two":
                Optimizer(pickle.Text("g"), [0], []).Op(Opcode.SETITEM);
                Optimizer(pickle.Text("d"), [0], []).Op(Opcode.SETITEM);
                break;
            case "itself":
                Groups(pickle, [0]).Text("state").Op(Opcode.EMPTY_DICT).Number(0).Op(Opcode.EMPTY_LIST).Op(Opcode.BINPUT, 0).Op(Opcode.BINGET, 0).Op(Opcode.APPEND)
                    .Op(Opcode.SETITEM).Op(Opcode.SETITEM);
                break;
        }

        AssertRefused(pickle, sentence);
    }

    [Fact]
    public void Nesting_deeper_than_any_state_dict_is_refused() =>
        AssertRefused(new PickleAssembler().Op(Opcode.EMPTY_DICT).Text("state").Repeat(100_000, Opcode.EMPTY_DICT), "holds a pickle that nests deeper");

    [Fact]
    public void Files_of_other_kinds_are_refused_by_what_they_are()
    {
        SafetensorsFile.Write(_folder["net.safetensors"], Sample.Small);
        File.WriteAllText(_folder["text.pth"], "text");
        PthFile.Write(_folder["weights.pth"], Sample.Small);

        Assert.Equal("is a safetensors file: it holds no optimizer's state, so save it with torch.save(optimizer.state_dict(), path).", Refused("net.safetensors"));
        Assert.Equal("is not a file of torch.save, which is a zip archive: save it with torch.save(optimizer.state_dict(), path).", Refused("text.pth"));
        Assert.Equal("holds no optimizer's state_dict, a dict with 'state' and 'param_groups': save it with torch.save(optimizer.state_dict(), path).", Refused("weights.pth"));

        string Refused(string file) => Assert.Throws<ModelGenException>(() => PthFile.MapOptimizer(_folder[file], state => state)).Message[$"'{_folder[file]}' ".Length..];
    }

    [Fact]
    public void Weights_are_asked_for_where_an_optimizers_file_is_given()
    {
        PthFile.WriteOptimizer(_folder["optimizer.pth"], Sample.Optimizer);

        Assert.Equal(
            $"'{_folder["optimizer.pth"]}' holds an optimizer's state_dict and no weights: --load-optimizer takes it, beside weights with --load.",
            Assert.Throws<ModelGenException>(() => PthFile.Read(_folder["optimizer.pth"])).Message);
    }

    private static PickleAssembler Optimizer(PickleAssembler pickle, long[] parameters, long[] numbers)
    {
        Groups(pickle.Op(Opcode.EMPTY_DICT), parameters).Text("state").Op(Opcode.EMPTY_DICT);
        foreach (var number in numbers)
            pickle.Number(number).Op(Opcode.EMPTY_DICT).Text("step").Number(3).Op(Opcode.SETITEM).Op(Opcode.SETITEM);
        return pickle.Op(Opcode.SETITEM);
    }

    private static PickleAssembler Groups(PickleAssembler pickle, long[] parameters)
    {
        pickle.Text("param_groups").Op(Opcode.EMPTY_LIST).Op(Opcode.EMPTY_DICT)
            .Text("lr").Op(Opcode.BINFLOAT, 0x3F, 0xE0, 0, 0, 0, 0, 0, 0).Op(Opcode.SETITEM)
            .Text("foreach").Op(Opcode.NONE).Op(Opcode.SETITEM)
            .Text("params").Op(Opcode.EMPTY_LIST);
        foreach (var parameter in parameters)
            pickle.Number(parameter).Op(Opcode.APPEND);
        return pickle.Op(Opcode.SETITEM).Op(Opcode.APPEND).Op(Opcode.SETITEM);
    }

    private void AssertRefused(PickleAssembler pickle, string what) =>
        Assert.Contains($"'{_folder["file.pth"]}' {what}", Assert.Throws<ModelGenException>(() => Read(pickle)).Message, StringComparison.Ordinal);

    private string Read(PickleAssembler pickle)
    {
        using var stream = new MemoryStream();
        var zip = new ZipWriter(new BinaryWriter(stream));
        zip.Add("x/data.pkl", pickle.ToArray());
        zip.Add("x/data/0", Sample.Bytes(0f, 1f, 2f, 3f));
        zip.Finish();
        return PthFile.MapOptimizer(_folder.Write("file.pth", stream.ToArray()), Describe);
    }

    private static string Describe(OptimizerStateDict state) => string.Join(
        " | ",
        [
            .. state.Groups.Select(group => FormattableString.Invariant($"{string.Join(' ', group.Settings.Select(setting => $"{setting.Key}={Text(setting.Value)}"))} {group.Count} parameter")),
            .. state.States.Select(item => $"{item.Key}: {string.Join(' ', item.Value.Select(entry => $"{entry.Key}={(entry.Value is null ? "None" : OptimizerStateDict.Number(entry.Value)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Convert.ToHexString(entry.Value.Data.Span))}"))}"),
        ]);

    private static string Text(object value) => value is double[] numbers ? string.Join(';', numbers.Select(number => Text(number))) : FormattableString.Invariant($"{value}");
}
