namespace ModelGen.Data;

/// <summary>Image files in one folder per class, as torchvision's <c>ImageFolder</c> takes them: labels count the folders in ordinal order.</summary>
internal sealed class ClassFolders : IImageSource
{
    private readonly string _folder;
    private readonly string[] _classFolders;

    private ClassFolders(string folder, string[] classFolders)
    {
        _folder = folder;
        _classFolders = classFolders;
    }

    public string Place => $"class folders in {_folder}";

    /// <summary>The class folders directly in <paramref name="folder"/>, or null if it holds neither folders nor images.</summary>
    /// <exception cref="ModelGenException">The folder can't be read, or holds images that are in no class folder.</exception>
    public static ClassFolders? Find(string folder)
    {
        var classFolders = FolderListing.Folders(folder);
        var loose = FolderListing.Images(folder);
        if (loose.Length > 0)
        {
            var beside = classFolders.Length > 0 ? "beside its class folders" : "in no class folder";
            throw new ModelGenException(
                $"'{folder}' holds images {beside} (the first is '{Path.GetFileName(loose[0])}'): move each into the folder of its class, or out of there.");
        }

        return classFolders.Length == 0 ? null : new ClassFolders(folder, classFolders);
    }

    public IReadOnlyList<string> Classes(int outputs) => Array.ConvertAll(_classFolders, path => Path.GetFileName(path));

    public LoadedImages Load(ImageRequest request)
    {
        var (shape, outputs) = (request.Shape, request.Outputs);
        var classes = Classes(outputs);
        if (classes.Count != outputs)
        {
            var names = string.Join(", ", classes.Take(10)) + (classes.Count > 10 ? ", ..." : "");
            throw new ModelGenException(
                $"The network's last layer gives {outputs} outputs, but '{_folder}' has {classes.Count} classes ({names}): change the last layer or the folder.");
        }

        var files = _classFolders.SelectMany((path, label) => ClassImages(path).Select(file => (Path: file, Label: label))).ToArray();
        var kept = Array.ConvertAll(SampleOrder.EvenlySpaced(files.Length, request.Limit), index => files[index]);
        var (pixels, unreadable) = ImageFiles.Decode(Array.ConvertAll(kept, file => file.Path), shape, request.Resize, Place, request.SkipUnreadable);
        var labels = Array.ConvertAll(kept, file => file.Label);
        var left = RemoveUnreadable(unreadable, shape.Length, ref pixels, ref labels);
        if (labels.Length == 0)
            throw new ModelGenException($"None of the {left} image files in '{_folder}' can be decoded: put others there.");
        return new(new ImageSet(shape, pixels, labels, classes), files.Length, left);
    }

    private static string[] ClassImages(string folder)
    {
        var images = FolderListing.Images(folder);
        // Leaving such images out without a word would train on less than the user believes.
        if (FolderListing.Folders(folder) is [var inner, ..])
        {
            throw new ModelGenException(
                $"The class folder '{folder}' holds the folder '{Path.GetFileName(inner)}', but images are read "
                + "from the class folder itself: move them up, or name the folder above the classes.");
        }

        return images.Length > 0
            ? images
            : throw new ModelGenException($"The class folder '{folder}' holds no images (.jpg, .jpeg, .png, .bmp or .webp): put some there or remove it.");
    }

    /// <summary>Closes the gaps that unreadable images left, and says how many there were.</summary>
    private static int RemoveUnreadable(bool[] unreadable, int length, ref byte[] pixels, ref int[] labels)
    {
        var next = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (unreadable[i])
                continue;
            pixels.AsSpan(i * length, length).CopyTo(pixels.AsSpan(next * length, length));
            labels[next++] = labels[i];
        }

        var removed = labels.Length - next;
        if (removed > 0)
        {
            Array.Resize(ref pixels, next * length);
            Array.Resize(ref labels, next);
        }

        return removed;
    }
}
