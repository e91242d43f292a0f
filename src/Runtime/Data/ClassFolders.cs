using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>Image files in one folder per class, as torchvision's <c>ImageFolder</c> takes them: labels count the folders in ordinal order.</summary>
internal sealed class ClassFolders : IImageSource
{
    private readonly string _folder;
    private readonly string? _dataFolder;
    private readonly string[] _classFolders;

    private ClassFolders(string folder, string? dataFolder, string[] classFolders)
    {
        _folder = folder;
        _dataFolder = dataFolder;
        _classFolders = classFolders;
    }

    public string Place => $"class folders in {_folder}";

    /// <summary>The class folders directly in <paramref name="folder"/>, or null if it holds neither folders nor images.</summary>
    /// <param name="folder">The folder above the classes.</param>
    /// <param name="dataFolder">The folder above it, if it is one of the parts train and test; null otherwise.</param>
    /// <exception cref="ModelGenException">The folder can't be read, or holds images that are in no class folder.</exception>
    public static ClassFolders? Find(string folder, string? dataFolder)
    {
        var classFolders = FolderListing.Folders(folder);
        var loose = FolderListing.Images(folder);
        if (loose.Length > 0)
        {
            var beside = classFolders.Length > 0 ? "beside its class folders" : "in no class folder";
            throw new ModelGenException(
                $"'{folder}' holds images {beside} (the first is '{Path.GetFileName(loose[0])}'): move each into the folder of its class, or out of there.");
        }

        return classFolders.Length == 0 ? null : new ClassFolders(folder, dataFolder, classFolders);
    }

    public IReadOnlyList<string> Classes(int outputs) => Array.ConvertAll(_classFolders, path => Path.GetFileName(path));

    public LoadedImages Load(ImageRequest request)
    {
        var outputs = request.Outputs;
        var classes = Classes(outputs);
        if (classes.Count != outputs)
        {
            throw new ModelGenException(
                $"The network's last layer gives {Quantity.Counted(outputs, "output")}, but '{_folder}' has {Quantity.Counted(classes.Count, "class")} ({Quantity.Listed(classes)}): change the last layer or the folder.");
        }

        var listed = Array.ConvertAll(_classFolders, ClassFiles);
        LabelledFile[] files = [.. listed.SelectMany((found, label) => found.Images.Select(file => new LabelledFile(file, label)))];
        var kept = Array.ConvertAll(SampleOrder.EvenlySpaced(files.Length, request.Limit), index => files[index]);
        var decoded = DecodedImages.Load(kept, request, _folder, Place, CacheFolders.For(_dataFolder));
        if (decoded.Labels.Length == 0)
            throw new ModelGenException($"None of the {decoded.Unreadable} image files in '{_folder}' can be decoded: put others there.");
        // A network would otherwise learn never to name it, and be right about all that is left.
        if (kept.Select(file => file.Label).Except(decoded.Labels).ToArray() is [var lost, ..])
            throw new ModelGenException($"None of the image files in '{_classFolders[lost]}' can be decoded, and each class needs some: put others there.");
        return new(new ImageSet(request.Shape, decoded.Pixels, decoded.Labels, classes), files.Length, decoded.Unreadable)
        {
            Decoding = decoded.Decoding,
            Others = listed.Sum(found => found.Others),
        };
    }

    private static (string[] Images, int Others) ClassFiles(string folder)
    {
        var found = FolderListing.Files(folder);
        // Leaving such images out without a word would train on less than the user believes.
        if (FolderListing.Folders(folder) is [var inner, ..])
        {
            throw new ModelGenException(
                $"The class folder '{folder}' holds the folder '{Path.GetFileName(inner)}', but images are read "
                + "from the class folder itself: move them up, or name the folder above the classes.");
        }

        return found.Images.Length > 0
            ? found
            : throw new ModelGenException($"The class folder '{folder}' holds no images (.jpg, .jpeg, .png, .bmp or .webp): put some there or remove it.");
    }
}
