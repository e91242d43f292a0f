using System.Reflection;
using ModelGen.Data;
using ModelGen.Torch;

namespace ModelGen.Tests.Emit;

/// <summary>What the settings of the data make of images, as emitted code that runs on the CPU.</summary>
[Collection("Torch")]
public sealed class EmittedDataTests
{
    private static readonly string[] OddNames =
        ["plain", "with \"quotes\" and \\", "two\nlines\u2028", "Straße 猫 😀", "{0}", "\u202Eturned", "<b>&amp;"];

    private const string Driver = """
        namespace Demo;

        /// <summary>Calls what takes spans and gives tensors.</summary>
        public static class NETDriver
        {
            /// <summary>The images as the network takes them, row-major.</summary>
            public static float[] ToImage(byte[] pixels)
            {
                using var bytes = ModelGen.Torch.BatchTensors.Pixels(pixels, NET.Data.ImageShape, TorchSharp.torch.CPU);
                using var image = NET.Data.ToImage(bytes);
                return image.data<float>().ToArray();
            }

            /// <summary>Live tensors after each of some calls.</summary>
            public static long[] CountTensors(byte[] pixels)
            {
                var counts = new long[5];
                for (var i = 0; i < counts.Length; i++)
                {
                    ToImage(pixels);
                    counts[i] = TorchSharp.torch.Tensor.TotalCount;
                }

                return counts;
            }

            /// <summary>The first value of each image in an epoch from a batch on, or in order for epoch 0.</summary>
            public static float[] FirstValues(ModelGen.Data.ImageSet images, int seed, int epoch, int skip)
            {
                var data = new NET.Data(images, new NET.Options { Seed = seed, BatchSize = 8 }, TorchSharp.torch.CPU);
                var values = new System.Collections.Generic.List<float>();
                foreach (var batch in epoch == 0 ? data.InOrder() : data.Shuffled(epoch, skip))
                {
                    using (batch)
                    {
                        for (var i = 0; i < batch.Image.shape[0]; i++)
                        {
                            using var value = batch.Image[i, 0, 0, 0];
                            values.Add(TorchSharp.TensorExtensionMethods.ToSingle(value));
                        }
                    }
                }

                return [.. values];
            }
        }

        """;

    private static readonly Dictionary<string, string> Specs = new()
    {
        ["Plain"] = Spec("[3, 1, 2]", ""),
        ["PerChannel"] = Spec("[3, 1, 2]", "\"mean\": [0.485, 0.456, -0.406], \"std\": [0.229, 2, 0.225]"),
        ["Uniform"] = Spec("[3, 1, 2]", "\"mean\": [0.5, 0.5, 0.5], \"std\": [0.25, 0.25, 0.25]"),
        ["Gray"] = Spec("[1, 2, 3]", "\"mean\": [0.1307], \"std\": [0.3081]"),
        ["Flipped"] = Spec("[1, 1, 2]", "\"horizontal_flip\": true"),
        ["Resized"] = Spec("[1, 8, 8]", "\"resize\": \"crop\", \"random_crop\": 1, \"rotate\": 10, \"vertical_flip\": true, \"brightness\": 0.5, \"erase\": 0.5"),
        ["Digits"] = Spec("[1, 16, 16]", "\"mean\": [0.1307], \"std\": [0.3081]", classes: 10),
        ["Named"] = Spec("[1, 1, 2]", $"\"classes\": {System.Text.Json.JsonSerializer.Serialize(OddNames)}", OddNames.Length),
    };

    // One compilation for all networks.
    private static readonly Lazy<Assembly> Networks = new(() =>
    {
        LibTorch.EnsureLoaded();
        return Compiled.From(
        [
            .. Specs.Select(spec => ($"{spec.Key}.model.json", spec.Value)),
            .. Specs.Keys.Select(name => ($"{name}Driver.cs", Driver.Replace("NET", name, StringComparison.Ordinal))),
        ]).Load();
    });

    [Theory]
    [InlineData("Plain", new[] { 0, 0, 0.0 }, new[] { 1, 1, 1.0 })]
    [InlineData("PerChannel", new[] { 0.485, 0.456, -0.406 }, new[] { 0.229, 2, 0.225 })]
    [InlineData("Uniform", new[] { 0.5, 0.5, 0.5 }, new[] { 0.25, 0.25, 0.25 })]
    public void Each_channel_is_normalised_by_its_own_numbers(string network, double[] mean, double[] std)
    {
        byte[] pixels = [0, 255, 10, 20, 128, 127, 1, 2, 3, 4, 5, 6];
        var expected = pixels.Select((value, i) => (value / 255.0 - mean[i / 2 % 3]) / std[i / 2 % 3]);

        var actual = (float[])Call(network, "ToImage", pixels);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void The_result_is_torchvisions_to_the_last_bit()
    {
        var pixels = Enumerable.Range(0, 258).Select(i => (byte)i).ToArray();

        Assert.Equal(pixels.Select(value => (value / 255f - 0.1307f) / 0.3081f), (float[])Call("Gray", "ToImage", pixels));
    }

    [Theory]
    [InlineData("PerChannel", "/// <returns>[N, 3, 1, 2], float32: -2.1179 to 2.2489 in channel 0, -0.228 to 0.272 in channel 1, 1.8044 to 6.2489 in channel 2.</returns>")]
    [InlineData("Uniform", "/// <returns>[N, 3, 1, 2], float32: -2 to 2.</returns>")]
    [InlineData("Gray", "/// <param name=\"Image\">[N, 1, 2, 3], float32, normalised: -0.42421 to 2.8215.</param>")]
    public void Its_comment_tells_the_range(string network, string comment) =>
        Assert.Contains(comment, Compiled.From(("Net.model.json", Specs[network])).Files["Demo.Net.Data.g.cs"], StringComparison.Ordinal);

    [Theory]
    [InlineData("Plain")]
    [InlineData("PerChannel")]
    [InlineData("Uniform")]
    public void No_tensor_is_left_behind(string network)
    {
        // What other tests left behind goes now, and not while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Single(((long[])Call(network, "CountTensors", new byte[6])).Distinct());
    }

    [Fact]
    public void Images_are_mirrored_in_training_and_never_elsewhere()
    {
        // Image i is 2i, 2i + 1; mirrored it begins with an odd value.
        var images = new ImageSet(new(1, 1, 2), [.. Enumerable.Range(0, 200).Select(i => (byte)i)], new int[100], ["0", "1"]);
        var flip = new Augmentation(3, 2, new HorizontalFlip());
        var order = SampleOrder.Shuffled(100, seed: 3, epoch: 2);

        Assert.Equal(order.Select(Flipped), Bytes("Flipped", epoch: 2));
        Assert.Contains(Bytes("Flipped", epoch: 2), value => value % 2 == 1);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 2 * i), Bytes("Flipped", epoch: 0));
        Assert.Equal(order.Select(i => 2 * i), Bytes("Named", epoch: 2));
        Assert.Equal(Bytes("Flipped", epoch: 2).Skip(5 * 8), Bytes("Flipped", epoch: 2, skip: 5));
        Assert.Equal(Bytes("Named", epoch: 2).Skip(5 * 8), Bytes("Named", epoch: 2, skip: 5));
        Assert.Equal([0f, 1 / 255f], (float[])Call("Flipped", "ToImage", new byte[] { 0, 1 }));

        int Flipped(int image)
        {
            byte[] pixels = [(byte)(2 * image), (byte)(2 * image + 1)];
            flip.Apply(pixels, images.Shape, image);
            return pixels[0];
        }

        IEnumerable<int> Bytes(string network, int epoch, int skip = 0) =>
            ((float[])Call(network, "FirstValues", images, 3, epoch, skip)).Select(value => (int)Math.Round(value * 255));
    }

    [Fact]
    public void Class_names_are_what_the_spec_says_whatever_is_in_them() => Assert.Equal(
        OddNames,
        (IReadOnlyList<string>)Networks.Value.GetType("Demo.Named")!.GetNestedType("Data")!.GetProperty("ClassNames")!.GetValue(null)!);

    [Fact]
    public void Data_with_other_classes_stops_the_run_with_one_sentence()
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "cat", "dog" })
            Directory.CreateDirectory(folder[name]);
        var (exitCode, _, error) = Run("Named", "--data", folder.Path, "--out", folder["out"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"error: The training set (class folders in {folder.Path}) does not have the classes that the spec declares ", error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Images_of_any_size_are_trained_on_tested_and_predicted_and_decoded_once()
    {
        using var folder = new TempFolder();
        foreach (var (i, path) in new[] { "train/black/a.bmp", "train/white/b.bmp", "test/black/c.bmp", "test/white/d.bmp" }.Index())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            folder.Write(path, Bitmap(width: 12 + i, height: 20 - i, value: (byte)(i % 2 * 255)));
        }

        string[] options = ["--data", folder.Path, "--out", folder["out"], "--device", "cpu"];
        var trained = Run("Resized", [.. options, "--epochs", "1", "--no-progress"]);
        var tested = Run("Resized", ["eval", .. options]);
        var predicted = Run("Resized", "predict", folder["train/black/a.bmp"], "--out", folder["out"]);

        Assert.Equal((0, 0, 0), (trained.ExitCode, tested.ExitCode, predicted.ExitCode));
        Assert.Contains("); decoded 4 images in ", trained.Output, StringComparison.Ordinal);
        Assert.Contains("); from the cache\n", tested.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{folder["train/black/a.bmp"]}\t", predicted.Output, StringComparison.Ordinal);

        // One that is no image costs no other its prediction.
        var some = Run("Resized", "predict", folder["train/black/a.bmp"], folder["out/labels.txt"], folder["train/white/b.bmp"], "--out", folder["out"]);
        Assert.Equal((1, 2), (some.ExitCode, some.Output.Count(character => character == '\n')));
        Assert.StartsWith($"error: '{folder["out/labels.txt"]}' cannot be decoded: ", some.Error, StringComparison.Ordinal);

        // Renamed, the folders stand for other labels than the trained ones.
        Directory.Move(folder["test/black"], folder["test/zinc"]);
        var renamed = Run("Resized", ["eval", .. options[2..], "--data", folder["test"]]);
        Assert.Equal(
            (1, $"error: The test set (class folders in {folder["test"]}) does not have the classes that the network was trained with ('black' is missing, 'zinc' is none of them): name a folder with the same classes.\n"),
            (renamed.ExitCode, renamed.Error));

        // Of weights from elsewhere nobody knows the names.
        File.Delete(folder["out/labels.txt"]);
        Assert.Equal(0, Run("Resized", ["eval", .. options[2..], "--data", folder["test"]]).ExitCode);
    }

    [Fact]
    public void Training_is_the_same_wherever_the_images_live()
    {
        using var folder = new TempFolder();
        foreach (var resident in new[] { "on", "off" })
        {
            string[] options = ["--resident", resident, "--out", folder[resident], "--device", "cpu", "--limit", "100"];
            var trained = Run("Digits", [.. options, "--epochs", "2", "--no-progress"]);
            var tested = Run("Digits", ["eval", .. options]);

            Assert.Equal((0, 0), (trained.ExitCode, tested.ExitCode));
            Assert.Contains($"\"resident\": \"{resident}\"", File.ReadAllText(folder[$"{resident}/run.json"]), StringComparison.Ordinal);
        }

        Assert.Equal(File.ReadAllBytes(folder["off/model.pth"]), File.ReadAllBytes(folder["on/model.pth"]));
        Assert.Equal(
            File.ReadAllText(folder["off/eval.json"]).Replace("off", "", StringComparison.Ordinal),
            File.ReadAllText(folder["on/eval.json"]).Replace("on", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_that_augments_refuses_images_that_live_on_the_device_before_it_reads_any()
    {
        var (exitCode, _, error) = Run("Flipped", "--resident", "on", "--data", "nowhere");

        Assert.Equal(2, exitCode);
        Assert.Equal("error: --resident takes auto or off (augmented images and rows are prepared on the host), not 'on'. Try --help.\n", error);
    }

    private static (int ExitCode, string Output, string Error) Run(string network, params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var (outBefore, errorBefore) = (Console.Out, Console.Error);
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            var exitCode = (int)Networks.Value.GetType($"Demo.{network}")!.GetMethod("Run")!.Invoke(null, [arguments])!;
            return (exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(outBefore);
            Console.SetError(errorBefore);
        }
    }

    /// <summary>A BMP file of one shade of gray: 54 bytes of header, then rows of blue, green and red, filled up to four bytes.</summary>
    private static byte[] Bitmap(int width, int height, byte value)
    {
        var row = (3 * width + 3) / 4 * 4;
        var file = new byte[54 + row * height];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        foreach (var (at, number) in new[] { (2, file.Length), (10, 54), (14, 40), (18, width), (22, height), (26, 1 | (24 << 16)) })
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), number);
        file.AsSpan(54).Fill(value);
        return file;
    }

    private static object Call(string network, string method, params object[] arguments) =>
        Networks.Value.GetType($"Demo.{network}Driver")!.GetMethod(method)!.Invoke(null, arguments)!;

    private static string Spec(string input, string settings, int classes = 2) => $$"""
        {
          "input": {{input}},
          "layers": ["flatten", { "linear": {{classes}} }],
          "training": { "loss": "cross_entropy", "optimizer": "sgd" },
          "data": { "image_folder": { {{settings}} } }
        }
        """;
}
