using System.Globalization;
using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>Images and labels in a pair of IDX files, with the names that the MNIST database gave them.</summary>
internal sealed class IdxFiles : IImageSource
{
    /// <summary>What the names of the training pair start with.</summary>
    public const string Training = "train";

    /// <summary>What the names of the test pair start with.</summary>
    public const string Test = "t10k";

    private readonly string _images;
    private readonly string _labels;
    private readonly IReadOnlyList<string>? _names;

    private IdxFiles(string place, string images, string labels, IReadOnlyList<string>? names = null)
    {
        Place = place;
        _images = images;
        _labels = labels;
        _names = names;
    }

    public string Place { get; }

    /// <summary>The pair of files that starts with <paramref name="prefix"/>, or null if the folder has neither.</summary>
    /// <exception cref="ModelGenException">The folder has one of them only.</exception>
    public static IdxFiles? Find(string folder, string prefix)
    {
        var (imagesName, labelsName) = ($"{prefix}-images-idx3-ubyte", $"{prefix}-labels-idx1-ubyte");
        return (FindFile(folder, imagesName), FindFile(folder, labelsName)) switch
        {
            (null, null) => null,
            ({ } images, { } labels) => new IdxFiles($"IDX files in {folder}", images, labels),
            ({ } images, null) => throw new ModelGenException($"'{images}' has no labels beside it: put '{labelsName}' or '{labelsName}.gz' there."),
            (null, { } labels) => throw new ModelGenException($"'{labels}' has no images beside it: put '{imagesName}' or '{imagesName}.gz' there."),
        };
    }

    public IReadOnlyList<string> Classes(int outputs) => _names ??
        [.. Enumerable.Range(0, outputs).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The files hold numbers; what they stand for, such as the clothes of Fashion-MNIST, only the spec can say.</summary>
    public IImageSource Naming(IReadOnlyList<string> names) => new IdxFiles(Place, _images, _labels, names);

    public LoadedImages Load(ImageRequest request)
    {
        var (shape, outputs) = (request.Shape, request.Outputs);
        using var imageFile = new IdxReader(_images, dimensions: 3);
        using var labelFile = new IdxReader(_labels, dimensions: 1);
        var (count, height, width) = (imageFile.Sizes[0], imageFile.Sizes[1], imageFile.Sizes[2]);
        if (labelFile.Sizes[0] != count)
            throw labelFile.Error($"has {labelFile.Sizes[0]} labels for the {count} images in '{_images}': get both files anew.");
        if ((height != shape.Height || width != shape.Width) && request.Resize == Resize.None)
        {
            throw imageFile.Error(
                $"has images {Quantity.Counted(width, "pixel")} wide and {height} high, "
                + $"but the network takes images {shape.Width} wide and {shape.Height} high: set 'resize' of image_folder, or change the network's input.");
        }

        var kept = SampleOrder.EvenlySpaced(count, request.Limit);
        var pixels = PixelMemory.Allocate(kept.Length, shape, Place);
        var labels = ReadLabels(labelFile, outputs);
        ReadImages(imageFile, kept, request, pixels);
        return new(new ImageSet(shape, pixels, Array.ConvertAll(kept, index => (int)labels[index]), Classes(outputs)), count, Unreadable: 0);
    }

    private static string? FindFile(string folder, string name)
    {
        // Some copies of the database have a dot where the original names have the second hyphen.
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names = [name, name + ".gz", dotted, dotted + ".gz"];
        return names.Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists);
    }

    private static byte[] ReadLabels(IdxReader file, int outputs)
    {
        var labels = new byte[file.Sizes[0]];
        file.Read(labels);
        file.ReadEnd();
        var wrong = Array.FindIndex(labels, label => label >= outputs);
        if (wrong >= 0)
        {
            throw file.Error(
                $"gives image {wrong} (counted from 0) the label {labels[wrong]}, "
                + $"but the network's last layer gives {outputs} outputs, for the labels 0 to {outputs - 1}: change the last layer or the data.");
        }

        return labels;
    }

    /// <summary>Reads all images, so that a damaged file is noticed, and keeps those at the ascending indices <paramref name="kept"/>.</summary>
    private static void ReadImages(IdxReader file, int[] kept, ImageRequest request, Span<byte> pixels)
    {
        var (shape, height, width) = (request.Shape, file.Sizes[1], file.Sizes[2]);
        var source = new byte[checked(height * width)];
        var gray = new byte[shape.Height * shape.Width];
        var resizer = height == shape.Height && width == shape.Width ? null : new Resizer(request.Resize, shape.Height, shape.Width);
        for (int index = 0, next = 0; index < file.Sizes[0]; index++)
        {
            file.Read(source);
            if (next == kept.Length || kept[next] != index)
                continue;
            if (resizer is null)
                source.CopyTo(gray, 0);
            else
                resizer.Apply(source, height, width, gray);
            for (var channel = 0; channel < shape.Channels; channel++)
                gray.CopyTo(pixels[(next * shape.Length + channel * gray.Length)..]);
            next++;
        }

        file.ReadEnd();
    }
}
