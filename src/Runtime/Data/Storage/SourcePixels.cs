namespace ModelGen.Data;

/// <summary>Values that a user's source gives anew each time.</summary>
/// <param name="source">The source.</param>
/// <param name="count">Its images.</param>
internal sealed class SourcePixels(IDataSource source, int count) : PixelStorage
{
    private readonly int _image = source.Shape.Length;

    public override long Length => (long)count * _image;

    public override bool IsAtHand => false;

    /// <summary>The class of an image.</summary>
    /// <exception cref="ModelGenException">It can't be read, or is not below <paramref name="classes"/>.</exception>
    public static int Label(IDataSource source, int index, int classes)
    {
        int label;
        try
        {
            label = source.Label(index);
        }
        catch (Exception error)
        {
            throw Failed(source, "label", index, error);
        }

        return label >= 0 && label < classes
            ? label
            : throw new ModelGenException(FormattableString.Invariant(
                $"The data source '{source.GetType().Name}' gives image {index} the label {label}, but with {classes} classes a label is from 0 to {classes - 1}: mend the source."));
    }

    public override ReadOnlySpan<byte> Read(long offset, int length)
    {
        var values = new byte[length];
        Copy(offset, values);
        return values;
    }

    public override void Copy(long offset, Span<byte> values)
    {
        // The memory has held another image: a source that leaves pixels out must not depend on which.
        values.Clear();
        var index = (int)(offset / _image);
        try
        {
            source.Read(index, values);
        }
        catch (Exception error)
        {
            throw Failed(source, "pixels", index, error);
        }
    }

    private static ModelGenException Failed(IDataSource source, string what, int index, Exception error) => new(
        FormattableString.Invariant(
            $"The data source '{source.GetType().Name}' failed at the {what} of image {index} ({error.GetType().Name}: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}): mend it, or leave the image out."),
        error);
}
