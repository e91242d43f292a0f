namespace ModelGen.Data;

/// <summary>What a network wants of a set of images.</summary>
/// <param name="Shape">The shape that every image comes to.</param>
/// <param name="Outputs">The number of classes that the network tells apart.</param>
/// <param name="Limit">Read only this many images, evenly spaced, or null for all.</param>
/// <param name="SkipUnreadable">Leave out image files that can't be decoded, instead of stopping at the first.</param>
/// <param name="Resize">How images of another size come to the shape.</param>
/// <param name="Cache">Whether decoded image files may be kept in a file for the next run, and taken from there.</param>
internal sealed record ImageRequest(ImageShape Shape, int Outputs, int? Limit, bool SkipUnreadable, Resize Resize, bool Cache);
