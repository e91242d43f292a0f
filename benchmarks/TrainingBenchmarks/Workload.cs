using ModelGen;
using ModelGen.Data;
using ModelGen.Torch;
using TorchSharp;

namespace TrainingBenchmarks;

/// <summary>What all programs get: the same images in the same orders, the same initial weights, the same settings.</summary>
internal sealed class Workload : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelgen-benchmark-");

    /// <summary>Says how many threads libtorch computes with, and draws the initial weights.</summary>
    /// <param name="images">The images to learn from.</param>
    /// <param name="options">The batch size, the step size, the threads and the seed.</param>
    /// <param name="network">Makes the network whose initial weights all get; without it the seed's.</param>
    public Workload(ImageSet images, ConvNet.Options options, Func<torch.nn.Module>? network = null)
    {
        (Images, Options) = (images, options);
        LibTorch.Configure(options.Threads, options.Seed, options.Tf32);
        using var model = network?.Invoke() ?? new ConvNet();
        ModelGen.Torch.Weights.Save(model, Weights);
    }

    public ImageSet Images { get; }

    public ConvNet.Options Options { get; }

    /// <summary>A folder for files that programs hand to each other; it goes with the workload.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The file with the initial weights: a state_dict.</summary>
    public string Weights => Path.Combine(Folder, "model.pth");

    /// <summary>Opens images, which are a round's: so that a round is one epoch of the real trainer.</summary>
    /// <param name="options">The folder with the data, or none to draw digits from the seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="description">What they are, for the user.</param>
    /// <exception cref="ModelGenException">The folder has fewer, or something is wrong with it.</exception>
    public static ImageSet Open(ConvNet.Options options, int count, out string description)
    {
        if (options.Data is null)
        {
            description = $"{count:N0} drawn digits (seed {options.Seed})";
            return DrawnDigits.Draw(count, options.Seed, ConvNet.Data.ImageShape);
        }

        var data = ImageData.Open(options with { Limit = count }, ConvNet.Data.ImageShape, classes: 10);
        description = data.Description;
        return data.Train.Count == count
            ? data.Train
            : throw new ModelGenException($"{count:N0} images are needed, but the data has {data.Train.Count:N0}: use fewer steps or smaller batches.");
    }

    /// <summary>A network that has the initial weights now.</summary>
    public TModule Initial<TModule>(TModule module)
        where TModule : torch.nn.Module
    {
        ModelGen.Torch.Weights.Load(module, Weights);
        return module;
    }

    /// <summary>The indices of the images in each batch of an epoch. Not taken from the trainer's own loader, so that the loader is judged too.</summary>
    public IEnumerable<int[]> Batches(int epoch) => SampleOrder.Shuffled(Images.Count, Options.Seed, epoch).Chunk(Options.BatchSize);

    /// <summary>The same for the first steps of a run, over as many epochs as they need.</summary>
    public IEnumerable<int[]> FirstBatches(int steps) => Enumerable.Range(1, int.MaxValue).SelectMany(Batches).Take(steps);

    /// <summary>Writes the images into the folder, as the scripts take them.</summary>
    public void WriteImages()
    {
        using var pixels = File.Create(Path.Combine(Folder, "images.bin"));
        using var labels = File.Create(Path.Combine(Folder, "labels.bin"));
        for (var image = 0; image < Images.Count; image++)
        {
            pixels.Write(Images.Pixels(image));
            labels.WriteByte((byte)Images.Label(image));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
