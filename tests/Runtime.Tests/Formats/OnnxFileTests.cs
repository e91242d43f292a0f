using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;

namespace ModelGen.Tests.Formats;

/// <summary>What is written as ONNX reads back; ONNX Runtime judges what it means in the generator's tests.</summary>
public sealed class OnnxFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nodes_tensors_inputs_and_outputs_read_back_and_what_nobody_takes_is_not_there()
    {
        Write(new OnnxOptions { Opset = 18 });

        OnnxModel.Map(_folder["small.onnx"], model =>
        {
            Assert.Equal(18, model.Opset);
            Assert.Equal(SampleOnnx.Graph.Nodes.Select(node => (node.Name, node.Operator)), model.Nodes.Select(node => (node.Name, node.Operator)));
            Assert.Equal(SampleOnnx.Graph.Nodes.Select(node => node.Inputs), model.Nodes.Select(node => node.Inputs));
            Assert.Equal(SampleOnnx.Graph.Nodes.Select(node => node.Outputs), model.Nodes.Select(node => node.Outputs));
            Assert.Equal(SampleOnnx.Graph.Nodes.SelectMany(node => node.Attributes).Select(setting => setting.Value), model.Nodes.SelectMany(node => node.Attributes).Select(setting => setting.Value));
            Assert.Equal(["fc1.weight", "fc1.bias", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "mean1/axes"], model.Tensors.Keys);
            Assert.Equal(SampleOnnx.Weights.Entries[2].Tensor.Data.ToArray(), model.Tensors["bn1.weight"].Data.ToArray()); // NaN as it was
            Assert.Equal(("input", false), (model.Inputs[0].Name, model.Inputs[0].IsIndices));
            Assert.Equal([null, 3L], model.Inputs[0].Sizes);
            Assert.Equal(["mean1"], model.Outputs);
            return 0;
        });
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        Write(new OnnxOptions());
        var first = File.ReadAllBytes(_folder["small.onnx"]);
        Write(new OnnxOptions());

        Assert.Equal(first, File.ReadAllBytes(_folder["small.onnx"]));
    }

    [Fact]
    public void Up_to_set_17_reductions_have_their_dimensions_as_a_setting()
    {
        Write(new OnnxOptions());

        var node = OnnxModel.Map(_folder["small.onnx"], model => model.Nodes[^1]);
        Assert.Equal(["pad1"], node.Inputs);
        Assert.Equal([1L], Assert.IsType<long[]>(node.Attributes[0].Value));
    }

    [Fact]
    public void A_folded_batch_norm_is_in_the_weights_before_it()
    {
        Write(new OnnxOptions { FoldBatchNorm = true });

        OnnxModel.Map(_folder["small.onnx"], model =>
        {
            Assert.Equal(["Gemm", "Custom", "ReduceMean"], model.Nodes.Select(node => node.Operator));
            // The first channel: 2 / sqrt(3.999 + 0.001) = 1 times the weights, and (-1 - 0.5) 1 + 1 for the bias.
            Assert.Equal([0f, 1, 2], MemoryMarshal.Cast<byte, float>(model.Tensors["fc1.weight"].Data.Span)[..3].ToArray());
            Assert.Equal(-0.5f, MemoryMarshal.Cast<byte, float>(model.Tensors["fc1.bias"].Data.Span)[0]);
            return 0;
        });
    }

    [Fact]
    public void What_is_more_than_one_message_holds_has_its_large_tensors_in_a_file_beside_it()
    {
        WriteWide(SampleOnnx.WideWeights);

        Assert.Equal(["wide.onnx", "wide.onnx.data"], _folder.Entries.Order(StringComparer.Ordinal));
        Assert.InRange(new FileInfo(_folder["wide.onnx"]).Length, 0, 2_000);
        // 120,000 bytes, then from the next page on 1,600 more.
        Assert.Equal((30 * 4096) + 1_600, new FileInfo(_folder["wide.onnx.data"]).Length);
        OnnxModel.Map(_folder["wide.onnx"], model =>
        {
            foreach (var (name, tensor) in SampleOnnx.WideWeights.Entries)
                Assert.Equal(tensor.Data.ToArray(), model.Tensors[name].Data.ToArray());
            return 0;
        });
    }

    [Fact]
    public void A_smaller_network_in_the_place_of_one_in_two_files_leaves_nothing_of_it()
    {
        WriteWide(SampleOnnx.WideWeights);

        OnnxFile.Write(_folder["wide.onnx"], SampleOnnx.Graph, SampleOnnx.Weights, new OnnxOptions());

        Assert.Equal(["wide.onnx"], _folder.Entries);
    }

    /// <summary>Files of the system's can be read and not mapped.</summary>
    [LinuxFact]
    public void A_second_file_that_cannot_be_mapped_is_closed_again()
    {
        const string Unmapped = "/sys/devices/system/cpu/online";
        OnnxFile.Write(_folder["wide.onnx"], SampleOnnx.Wide, SampleOnnx.WideWeights, new OnnxOptions(), mostBytes: 0);
        File.Delete(_folder["wide.onnx.data"]);
        File.CreateSymbolicLink(_folder["wide.onnx.data"], Unmapped);

        Assert.Throws<ModelGenException>(() => OnnxModel.Map(_folder["wide.onnx"], model => 0));

        Assert.DoesNotContain(Unmapped, Directory.GetFiles("/proc/self/fd").Select(handle => File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName));
    }

    [Fact]
    public void What_is_beside_a_new_file_is_left()
    {
        File.WriteAllText(_folder["small.onnx.data"], "somebody's");

        Write(new OnnxOptions());

        Assert.Equal("somebody's", File.ReadAllText(_folder["small.onnx.data"]));
    }

    [Fact]
    public void No_graph_ever_stands_beside_the_tensors_of_another()
    {
        WriteWide(SampleOnnx.WideWeights);
        var looks = 0;
        var earlier = SampleOnnx.WideWeights.Entries[2].Tensor.Data.ToArray();
        var next = new StateDict([.. SampleOnnx.WideWeights.Entries.Select(entry => entry with { Tensor = entry.Tensor with { Data = Watched(entry.Tensor.Data.Length) } })], []);

        looks = 0;
        WriteWide(next);

        Assert.Equal(3, looks);
        Assert.Equal(new byte[earlier.Length], Found());

        // Looks at the files while each tensor is written, at last those of the graph itself.
        Memory<byte> Watched(int length)
        {
            var zeros = new byte[length];
            return new LiveMemory(() =>
            {
                looks++;
                if (File.Exists(_folder["wide.onnx"]))
                    Assert.Equal(earlier, Found());
                return zeros;
            }).Memory;
        }

        byte[] Found() => OnnxModel.Map(_folder["wide.onnx"], model => model.Tensors["fc2.weight"].Data.ToArray());
    }

    [Fact]
    public void What_can_not_be_written_is_refused_and_leaves_no_file()
    {
        var half = new StateDict([.. SampleOnnx.Weights.Entries.Select(entry => entry with { Tensor = entry.Tensor with { Type = ElementType.Float64 } })], []);

        Assert.Equal("There is no operator set 12 to write: choose one of 17 to 21.", Refusal(SampleOnnx.Weights, new OnnxOptions { Opset = 12 }));
        Assert.Equal("The tensor 'fc1.weight' is float64, but ONNX files are written of float32: move the network to float32 before.", Refusal(half, new OnnxOptions()));
        Assert.Equal("The network has no tensor 'fc1.weight': export it as it was built, with all of its layers.", Refusal(new StateDict([], []), new OnnxOptions()));
        Assert.Empty(_folder.Entries);
    }

    private string Refusal(StateDict state, OnnxOptions options) =>
        Assert.Throws<ModelGenException>(() => OnnxFile.Write(_folder["small.onnx"], SampleOnnx.Graph, state, options)).Message;

    private void WriteWide(StateDict state) => OnnxFile.Write(_folder["wide.onnx"], SampleOnnx.Wide, state, new OnnxOptions(), mostBytes: 50_000);

    private void Write(OnnxOptions options) => OnnxFile.Write(_folder["small.onnx"], SampleOnnx.Graph, SampleOnnx.Weights, options);
}
